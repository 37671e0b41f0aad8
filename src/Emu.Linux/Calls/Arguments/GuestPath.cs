using Emu.Linux.Process;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>A path that is changed: created, renamed, removed. It is the host's, whatever the sysroot holds.</summary>
[SyscallArgument(1)]
internal readonly struct GuestPath : ISyscallArgument<GuestPath>
{
    internal const int MaxLength = 4096; // PATH_MAX

    private readonly nint _pointer;

    private GuestPath(ulong address, nint pointer) => (Address, _pointer) = (address, pointer);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    public static implicit operator nint(GuestPath argument) => argument._pointer;

    public static bool TryTake(ref SyscallContext context, int index, out GuestPath argument)
    {
        argument = new GuestPath(context[index], context.HostSource(context[index]));
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => Trace(line, ref context, Address);

    internal static void Trace(TraceLine line, ref SyscallContext context, ulong address)
    {
        if (address != 0 && context.Memory.TryReadString(address, MaxLength, out var text))
            line.Quoted(text, whole: true);
        else
            line.Address(address);
    }
}

/// <summary>A path that is looked up: taken from the sysroot if it exists there; files of <c>/proc</c> about the guest itself are marked.</summary>
[SyscallArgument(1)]
internal readonly struct LookupPath : ISyscallArgument<LookupPath>
{
    private readonly nint _pointer;

    private LookupPath(ulong address, nint pointer, ProcFile procFile) => (Address, _pointer, ProcFile) = (address, pointer, procFile);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    /// <summary>Which file about the guest itself it names.</summary>
    public ProcFile ProcFile { get; }

    public static implicit operator nint(LookupPath argument) => argument._pointer;

    /// <summary>The path for a call that follows links: <c>/proc/self/exe</c> is the guest's program.</summary>
    public nint Followed(ref SyscallContext context) => ProcFile == ProcFile.Executable ? context.Process.ExecutablePointer : _pointer;

    public static bool TryTake(ref SyscallContext context, int index, out LookupPath argument)
    {
        var address = context[index];
        var pointer = context.HostSource(address);
        // A path that cannot be read is left to the host's kernel, which answers EFAULT in its turn.
        if (address == 0 || !context.Memory.TryReadString(address, GuestPath.MaxLength, out var text) || !text.StartsWith("/"u8))
        {
            argument = new LookupPath(address, pointer, ProcFile.None);
            return true;
        }

        if (!context.Process.Sysroot.IsEmpty && context.Process.Sysroot.TryLocate(text, out var inside))
            pointer = context.Thread.Scratch.Copy(inside);
        argument = new LookupPath(address, pointer, ProcPaths.Recognise(text));
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => GuestPath.Trace(line, ref context, Address);
}
