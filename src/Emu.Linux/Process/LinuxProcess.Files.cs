using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Process;

public sealed unsafe partial class LinuxProcess
{
    /// <summary>Opens a file of <c>/proc</c> about the guest: a new file in memory with the contents of now.</summary>
    internal SysResult OpenProcFile(ProcFile file, OpenFlags flags)
    {
        const OpenFlags AccessMask = (OpenFlags)3;
        if ((flags & OpenFlags.O_DIRECTORY) != 0)
            return Errno.ENOTDIR;
        if ((flags & AccessMask) != OpenFlags.O_RDONLY)
            return Errno.EACCES;
        return HostFiles.CreateInMemory("proc", ProcFileContents.Of(this, file), (flags & OpenFlags.O_CLOEXEC) != 0);
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
        var name = RawText.Decode(HostFiles.ReadLink(RawText.Encode($"/proc/self/fd/{descriptor}")));
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
