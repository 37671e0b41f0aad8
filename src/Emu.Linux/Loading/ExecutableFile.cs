using System.Buffers.Binary;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>What a file is that shall be executed: a program for the guest, a script with an interpreter, or something for the host.</summary>
/// <param name="IsForGuest">A program for the guest's machine.</param>
/// <param name="Interpreter">The interpreter that the script's first line names, or empty.</param>
/// <param name="InterpreterArgument">The argument that stands behind it, or empty.</param>
internal readonly record struct ExecutableFile(bool IsForGuest, byte[] Interpreter, byte[] InterpreterArgument)
{
    private const int HeadSize = 256; // BINPRM_BUF_SIZE
    private const int ExecuteAccess = 1; // X_OK
    private const int SetLease = 1024; // F_SETLEASE
    private const int ReadLease = 0; // F_RDLCK
    private const int NoLease = 2; // F_UNLCK

    /// <summary>Looks at a file by its host path. 0, or why it cannot be executed.</summary>
    public static Errno Read(byte[] path, LinuxGuest guest, Sysroot sysroot, out ExecutableFile file)
    {
        file = new ExecutableFile(false, [], []);
        var error = MayExecute(path);
        if (error != 0)
            return error;
        var descriptor = HostFiles.Open(path, HostFiles.OpenReadOnly | HostFiles.OpenNonBlocking | HostFiles.OpenCloseOnExec);
        if (descriptor < 0)
            // Executable but not readable: the host's kernel may know what to do with it.
            return descriptor == -(int)Errno.EACCES ? 0 : (Errno)(-descriptor);
        try
        {
            return Read(descriptor, guest, sysroot, ref file);
        }
        finally
        {
            HostFiles.Close(descriptor);
        }
    }

    private static unsafe Errno MayExecute(byte[] path)
    {
        if (path.Length == 0)
            return Errno.ENOENT;
        HostStatx status;
        fixed (byte* zeroTerminated = RawText.WithZero(path))
        {
            var error = Kernel.Call(HostCall.Statx, HostFiles.CurrentDirectory, (nint)zeroTerminated, 0, HostFiles.StatxBasic, (nint)(&status));
            if (error < 0)
                return (Errno)(-error);
            if (!status.IsRegular)
                return Errno.EACCES;
            return (Errno)(-Kernel.Call(HostCall.Faccessat, HostFiles.CurrentDirectory, (nint)zeroTerminated, ExecuteAccess));
        }
    }

    private static Errno Read(int descriptor, LinuxGuest guest, Sysroot sysroot, ref ExecutableFile file)
    {
        // A lease for reading is not given while somebody has the file open for writing. Nor to those who do not own the file: they hear of it only if it is executed on the host.
        if (Kernel.Call(HostCall.Fcntl, descriptor, SetLease, ReadLease) == -(long)Errno.EAGAIN)
            return Errno.ETXTBSY;
        Kernel.Call(HostCall.Fcntl, descriptor, SetLease, NoLease);
        Span<byte> head = stackalloc byte[HeadSize];
        var count = HostFiles.ReadAt(descriptor, head, 0);
        if (count < 0)
            return (Errno)(-count);
        head = head[..(int)count];
        if (head.StartsWith("#!"u8))
            return ReadInterpreter(head[2..], ref file);
        if (!head.StartsWith("\u007fELF"u8) || head.Length < 20)
            return Errno.ENOEXEC;
        if (BinaryPrimitives.ReadUInt16LittleEndian(head[18..]) != guest.ElfMachine)
            return 0;
        file = file with { IsForGuest = true };
        return CheckProgram(descriptor, guest, sysroot);
    }

    /// <summary>fs/binfmt_script.c: blanks around the name; what follows is one argument. A line that may be cut short in the name is no script.</summary>
    private static Errno ReadInterpreter(ReadOnlySpan<byte> head, ref ExecutableFile file)
    {
        var end = head.IndexOf((byte)'\n');
        var line = (end < 0 ? head.TrimEnd((byte)0) : head[..end]).Trim(" \t"u8);
        var blank = line.IndexOfAny((byte)' ', (byte)'\t');
        if (line.Length == 0 || (end < 0 && blank < 0 && head.Length == HeadSize - 2))
            return Errno.ENOEXEC;
        file = blank < 0
            ? file with { Interpreter = line.ToArray() }
            : file with { Interpreter = line[..blank].ToArray(), InterpreterArgument = line[blank..].Trim(" \t"u8).ToArray() };
        return 0;
    }

    private static Errno CheckProgram(int descriptor, LinuxGuest guest, Sysroot sysroot)
    {
        try
        {
            using var program = ProgramFile.FromDescriptor((int)Kernel.Call(HostCall.Dup, descriptor), "program", mustBeExecutable: false);
            var image = new ElfReader(program, guest).Read();
            return image.Interpreter is { } interpreter && !HostFiles.Exists(sysroot.Locate(RawText.Encode(interpreter))) ? Errno.ENOENT : 0;
        }
        catch (ProgramLoadException)
        {
            return Errno.ENOEXEC;
        }
    }
}
