using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>
/// Address of a structure that is the same for guest and host, so that the host's kernel reads or writes it in place. No such structure is
/// longer than the guard behind the guest's address space.
/// </summary>
[SyscallArgument(1)]
internal readonly struct GuestPointer : ISyscallArgument<GuestPointer>
{
    private readonly nint _pointer;

    private GuestPointer(ulong address, nint pointer) => (Address, _pointer) = (address, pointer);

    /// <summary>Guest address; 0 for none.</summary>
    public ulong Address { get; }

    public bool IsNull => Address == 0;

    public static implicit operator nint(GuestPointer argument) => argument._pointer;

    public static bool TryTake(ref SyscallContext context, int index, out GuestPointer argument)
    {
        argument = new GuestPointer(context[index], context.HostAddress(context[index]));
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => line.Address(Address);
}

/// <summary>A guest address that only the emulator looks at.</summary>
[SyscallArgument(1)]
internal readonly record struct GuestAddress(ulong Value) : ISyscallArgument<GuestAddress>
{
    public static implicit operator ulong(GuestAddress argument) => argument.Value;

    public static bool TryTake(ref SyscallContext context, int index, out GuestAddress argument)
    {
        argument = new GuestAddress(context[index]);
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => line.Address(Value);
}

/// <summary>File mode bits, traced in octal.</summary>
[SyscallArgument(1)]
internal readonly record struct ModeBits(uint Bits) : ISyscallArgument<ModeBits>
{
    public static implicit operator nint(ModeBits argument) => (nint)argument.Bits;

    public static bool TryTake(ref SyscallContext context, int index, out ModeBits argument)
    {
        argument = new ModeBits((uint)context[index]);
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => line.Octal(Bits);
}
