using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Calls;

/// <summary>Executing programs.</summary>
internal static unsafe class ExecutionCalls
{
    private const int MaxText = 32 * GuestMemory.PageSize; // MAX_ARG_STRLEN
    private const int MaxTexts = 1 << 20;

    [Syscall(221)]
    public static SysResult Execve(ref SyscallContext c, LookupPath path, GuestAddress arguments, GuestAddress environment)
    {
        var host = path.Followed(ref c);
        return !IsReadable(ref c, path.Address) ? Errno.EFAULT : Run(ref c, Text(host), Text((nint)c.HostAddress(path.Address)), arguments, environment);
    }

    [Syscall(281)]
    public static SysResult Execveat(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestAddress arguments, GuestAddress environment, int flags)
    {
        if ((flags & ~(HostFiles.EmptyPath | HostFiles.NoFollow)) != 0)
            return Errno.EINVAL;
        if (!IsReadable(ref c, path.Address))
            return Errno.EFAULT;
        var name = Text((nint)c.HostAddress(path.Address));
        if (name.Length == 0 && (flags & HostFiles.EmptyPath) == 0)
            return Errno.ENOENT;
        if (name.StartsWith((byte)'/') || (directory.Number == HostFiles.CurrentDirectory && name.Length > 0))
            return (flags & HostFiles.NoFollow) != 0 && IsLink(name) ? Errno.ELOOP : Run(ref c, Text(path.Followed(ref c)), name, arguments, environment);
        // As the kernel names it (bprm->fdpath), which interpreters of scripts open.
        byte[] below = name.Length == 0 ? [] : [(byte)'/', .. name];
        byte[] byNumber = [.. RawText.Encode($"/proc/self/fd/{directory.Number}"), .. below];
        if ((flags & HostFiles.NoFollow) != 0 && IsLink(byNumber) && name.Length > 0)
            return Errno.ELOOP;
        return Run(ref c, Resolve(directory.Number, below, byNumber), [.. RawText.Encode($"/dev/fd/{directory.Number}"), .. below], arguments, environment);
    }

    private static SysResult Run(ref SyscallContext c, byte[] path, byte[] name, ulong arguments, ulong environment)
    {
        var error = Texts(ref c, arguments, out var argumentTexts);
        if (!error.IsError)
            error = Texts(ref c, environment, out var environmentTexts) is { IsError: true } problem
                ? problem
                : new ProgramExecution(c.Process, c.Thread).Run(path, name, argumentTexts, environmentTexts);
        return error;
    }

    /// <summary>A path that does not need the descriptor, which the program may not inherit.</summary>
    private static byte[] Resolve(int directory, byte[] below, byte[] byNumber)
    {
        var target = HostFiles.ReadLink(RawText.Encode($"/proc/self/fd/{directory}"));
        byte[] path = [.. target, .. below];
        return target.Length > 0 && target[0] == '/' && HostFiles.Exists(path) ? path : byNumber;
    }

    private static bool IsLink(byte[] path) => HostFiles.ReadLink(path).Length > 0;

    private static bool IsReadable(ref SyscallContext c, ulong address) => c.Memory.TryReadString(address, GuestPath.MaxLength, out _);

    private static byte[] Text(nint zeroTerminated) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)zeroTerminated).ToArray();

    /// <summary>A null-terminated array of texts; a null array is an empty one, as Linux has it.</summary>
    private static SysResult Texts(ref SyscallContext c, ulong array, out List<byte[]> texts)
    {
        texts = [];
        if (array == 0)
            return SysResult.None;
        for (var count = 0; count < MaxTexts; count++, array += sizeof(ulong))
        {
            if (!c.Memory.TryRead(array, out ulong address))
                return Errno.EFAULT;
            if (address == 0)
                return SysResult.None;
            if (!c.Memory.TryReadString(address, MaxText, out var text))
                return Errno.EFAULT;
            if (text.Length == MaxText)
                return Errno.E2BIG;
            texts.Add(text.ToArray());
        }

        return Errno.E2BIG;
    }
}
