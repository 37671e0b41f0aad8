using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>Address and length of memory that the call fills.</summary>
[SyscallArgument(2)]
internal readonly struct GuestBuffer : ISyscallArgument<GuestBuffer>
{
    private GuestBuffer(ulong address, ulong length, nint pointer) => (Address, Length, Pointer) = (address, (nint)length, pointer);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    /// <summary>Bytes, as the guest gave them.</summary>
    public nint Length { get; }

    /// <summary>Host address, for the host's kernel only.</summary>
    public nint Pointer { get; }

    public static bool TryTake(ref SyscallContext context, int index, out GuestBuffer argument)
    {
        var (address, length) = (context[index], context[index + 1]);
        argument = new GuestBuffer(address, length, context.HostAddress(address, length));
        return true;
    }

    /// <summary>Copies as much as fits and answers that number of bytes, or EFAULT.</summary>
    public SysResult Fill(ref SyscallContext context, ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..(int)Math.Min((ulong)bytes.Length, (ulong)Length)];
        return context.Memory.TryWrite(Address, part) ? part.Length : Errno.EFAULT;
    }

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        if (line.Result >= 0 && context.Memory.TryGetSpan(Address, (ulong)Math.Min(line.Result, Length), Engine.Memory.PagePermissions.Read, out var bytes))
            line.Quoted(bytes);
        else
            line.Address(Address);
        line.Next().Number((ulong)Length);
    }
}

/// <summary>Address and length of memory that the call reads.</summary>
[SyscallArgument(2)]
internal readonly struct ReadOnlyGuestBuffer : ISyscallArgument<ReadOnlyGuestBuffer>
{
    private ReadOnlyGuestBuffer(ulong address, ulong length, nint pointer) => (Address, Length, Pointer) = (address, (nint)length, pointer);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    /// <summary>Bytes, as the guest gave them.</summary>
    public nint Length { get; }

    /// <summary>Host address, for the host's kernel only.</summary>
    public nint Pointer { get; }

    public static bool TryTake(ref SyscallContext context, int index, out ReadOnlyGuestBuffer argument)
    {
        var (address, length) = (context[index], context[index + 1]);
        argument = new ReadOnlyGuestBuffer(address, length, context.HostSource(address, length));
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        if (context.Memory.TryGetSpan(Address, (ulong)Length, Engine.Memory.PagePermissions.Read, out var bytes))
            line.Quoted(bytes);
        else
            line.Address(Address);
        line.Next().Number((ulong)Length);
    }
}
