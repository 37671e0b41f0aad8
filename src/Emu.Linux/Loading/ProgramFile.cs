using Emu.Engine.Memory;
using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>An open program file. Not thread-safe.</summary>
internal sealed class ProgramFile : IDisposable
{
    private const int NoEntry = 2;       // ENOENT
    private const int NotDirectory = 20; // ENOTDIR

    private ProgramFile(string path, int descriptor, in HostStatx status)
    {
        Path = path;
        Descriptor = descriptor;
        Size = status.Size;
        ResolvedPath = HostFiles.ReadLink(RawText.Encode($"/proc/self/fd/{descriptor}"));
        if (ResolvedPath.Length == 0)
            ResolvedPath = RawText.Encode(System.IO.Path.GetFullPath(path)); // there is no /proc here
        Identity = new MappedFile(status.Device, status.Inode, RawText.Decode(ResolvedPath));
    }

    /// <summary>The name for messages.</summary>
    public string Path { get; }

    /// <summary>The absolute name without symbolic links.</summary>
    public byte[] ResolvedPath { get; }

    /// <summary>Host file descriptor.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    public MappedFile Identity { get; }

    /// <summary>Opens a file that is to be executed.</summary>
    /// <exception cref="ProgramLoadException">There is none, it cannot be read, or it is no file.</exception>
    public static ProgramFile Open(byte[] path, string name, bool mustBeExecutable)
    {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer before it can be refused.
        var descriptor = HostFiles.Open(path, HostFiles.OpenReadOnly | HostFiles.OpenNonBlocking | HostFiles.OpenCloseOnExec);
        if (descriptor < 0)
            throw descriptor is -NoEntry or -NotDirectory
                ? ProgramLoadException.NotFound(name, HostErrors.Text(-descriptor))
                : ProgramLoadException.NotRunnable(name, HostErrors.Text(-descriptor));
        return FromDescriptor(descriptor, name, mustBeExecutable);
    }

    /// <summary>Takes an open file over; it is closed with this object, or at once if it cannot be used.</summary>
    public static ProgramFile FromDescriptor(int descriptor, string name, bool mustBeExecutable)
    {
        const int AnyExecute = 0x49; // S_IXUSR | S_IXGRP | S_IXOTH
        var error = HostFiles.Describe(descriptor, out var status);
        var problem =
            error < 0 ? HostErrors.Text(-error) :
            status.IsDirectory ? "is a directory" :
            !status.IsRegular ? "is not a regular file" :
            mustBeExecutable && (status.Mode & AnyExecute) == 0 ? "is not executable: permission denied" :
            null;
        if (problem is null)
            return new ProgramFile(name, descriptor, status);
        HostFiles.Close(descriptor);
        throw ProgramLoadException.NotRunnable(name, problem);
    }

    /// <summary>Reads up to the buffer's length; fewer bytes only at the end of the file.</summary>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length)
        {
            var count = HostFiles.ReadAt(Descriptor, buffer[done..], offset + done);
            if (count < 0)
                throw NotRunnable($"cannot be read: {HostErrors.Text((int)-count)}");
            if (count == 0)
                break;
            done += (int)count;
        }

        return done;
    }

    /// <summary>The exception that says what is wrong with this file.</summary>
    public ProgramLoadException NotRunnable(string what) => ProgramLoadException.NotRunnable(Path, what);

    public void Dispose()
    {
        if (Descriptor >= 0)
            HostFiles.Close(Descriptor);
        Descriptor = -1;
    }
}
