using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Proc;

namespace Emu.Linux.Process;

public sealed unsafe partial class LinuxProcess
{
    /// <summary>
    /// The descriptor of a file that the host's kernel has just opened for the guest, or of the one that the guest means: its program instead of the emulator, and a file of
    /// <c>/proc</c> about the guest, which is a new file in memory with the contents of now.
    /// </summary>
    internal SysResult Opened(int descriptor, int directory, nint path, OpenFlags flags)
    {
        if ((flags & OpenFlags.O_TRUNC) != 0)
            NoteSize(descriptor);
        if (HostFiles.Describe(descriptor, out var status) < 0)
            return descriptor;
        if (ProcDirectory.IsEmulator(status) && ProcDirectory.LeadsToProgram(directory, path, (flags & OpenFlags.O_NOFOLLOW) == 0))
        {
            HostFiles.Close(descriptor);
            return Kernel.Call(HostCall.Openat, HostFiles.CurrentDirectory, ExecutablePointer, (nint)flags);
        }

        var identity = (flags & OpenFlags.O_PATH) != 0 ? default : ProcDirectory.Identify(descriptor, status);
        return identity.File == ProcFile.None ? descriptor : Replace(descriptor, identity, flags);
    }

    private SysResult Replace(int descriptor, ProcIdentity identity, OpenFlags flags)
    {
        const OpenFlags AccessMask = (OpenFlags)3;
        var error = HostFiles.ReadWhole(descriptor, out var contents);
        HostFiles.Close(descriptor);
        if (identity.File == ProcFile.Closed || (flags & AccessMask) != OpenFlags.O_RDONLY)
            return Errno.EACCES;
        return error != 0 ? error : HostFiles.CreateInMemory("proc", ProcContents.Of(this, identity, contents), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    /// <summary>Completes a request to map the file that is open as <paramref name="descriptor"/>.</summary>
    internal static SysResult DescribeMapped(int descriptor, long offset, ref MapRequest request)
    {
        var error = HostFiles.Describe(descriptor, out var status);
        if (error < 0)
            return error;
        // The kernel would round the mapping up to huge pages and replace what lies behind it.
        if (HostFiles.IsOnHugePages(descriptor, status))
            return Errno.ENODEV;
        var name = RawText.Decode(HostFiles.PathOf(descriptor));
        request = request with
        {
            Descriptor = descriptor,
            File = new MappedFile(status.Device, status.Inode, name),
            Offset = offset,
            FileSize = status.IsRegular ? status.Size : long.MaxValue,
        };
        return SysResult.None;
    }

    /// <summary>Tells the memory that an open file may have been cut.</summary>
    internal void NoteSize(int descriptor)
    {
        if (HostFiles.Describe(descriptor, out var status) == 0 && status.IsRegular)
            Memory.OnFileCut(new MappedFile(status.Device, status.Inode, ""), status.Size);
    }

    /// <summary>Tells the memory that a file may have been cut.</summary>
    internal void NoteSize(int directory, nint path)
    {
        HostStatx status;
        if (Kernel.Call(HostCall.Statx, directory, path, 0, HostFiles.StatxBasic, (nint)(&status)) == 0 && status.IsRegular)
            Memory.OnFileCut(new MappedFile(status.Device, status.Inode, ""), status.Size);
    }
}
