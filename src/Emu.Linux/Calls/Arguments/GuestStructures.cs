using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>Address of a structure that the emulator reads; a null address gives no value, an unreadable one EFAULT.</summary>
[SyscallArgument(1)]
internal readonly struct GuestIn<T> : ISyscallArgument<GuestIn<T>>
    where T : unmanaged
{
    private readonly T _value;

    private GuestIn(ulong address, in T value) => (Address, _value) = (address, value);

    /// <summary>Guest address; 0 for none.</summary>
    public ulong Address { get; }

    public bool IsNull => Address == 0;

    /// <summary>The structure; all zero if there is none.</summary>
    public T Value => _value;

    public static bool TryTake(ref SyscallContext context, int index, out GuestIn<T> argument)
    {
        var address = context[index];
        var value = default(T);
        var sound = address == 0 || context.Memory.TryRead(address, out value);
        argument = new GuestIn<T>(address, value);
        return sound;
    }

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        if (!IsNull && _value is ITraced traced)
            traced.Trace(line);
        else
            line.Address(Address);
    }
}

/// <summary>Address of a structure that the emulator writes.</summary>
[SyscallArgument(1)]
internal readonly struct GuestOut<T> : ISyscallArgument<GuestOut<T>>
    where T : unmanaged
{
    private GuestOut(ulong address) => Address = address;

    /// <summary>Guest address; 0 for none.</summary>
    public ulong Address { get; }

    public bool IsNull => Address == 0;

    public static bool TryTake(ref SyscallContext context, int index, out GuestOut<T> argument)
    {
        argument = new GuestOut<T>(context[index]);
        return true;
    }

    /// <summary>Writes the structure: success, or EFAULT.</summary>
    public SysResult Set(ref SyscallContext context, in T value) => context.Memory.TryWrite(Address, value) ? SysResult.None : SysResult.Fault;

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        if (line.Result >= 0 && Address != 0 && context.Memory.TryRead(Address, out T value) && value is ITraced traced)
            traced.Trace(line);
        else
            line.Address(Address);
    }
}

/// <summary>A structure that knows how it reads in a trace.</summary>
internal interface ITraced
{
    void Trace(TraceLine line);
}
