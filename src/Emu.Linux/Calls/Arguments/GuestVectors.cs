using System.Runtime.InteropServices;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary><c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IoVector
{
    public ulong Address;
    public ulong Length;
}

/// <summary>Address and count of buffers that the call reads or fills, with their addresses translated for the host.</summary>
[SyscallArgument(2)]
internal readonly unsafe struct GuestVectors : ISyscallArgument<GuestVectors>
{
    private const int MaxCount = 1024; // UIO_MAXIOV

    private readonly ulong _address;

    private GuestVectors(ulong address, nint count, nint pointer) => (_address, Count, Pointer) = (address, count, pointer);

    /// <summary>Number of buffers, as the guest gave it.</summary>
    public nint Count { get; }

    /// <summary>The translated array.</summary>
    public nint Pointer { get; }

    public static bool TryTake(ref SyscallContext context, int index, out GuestVectors argument)
    {
        var (address, count) = (context[index], (nint)context[index + 1]);
        // What cannot be read is refused by the host's kernel, which first looks whether the descriptor is one.
        var isReadable = TryTranslate(ref context, address, count, out var pointer);
        argument = new GuestVectors(address, count, isReadable ? pointer : SyscallContext.KernelAddress);
        return true;
    }

    /// <summary>An array for the host's kernel, good for the system call at hand; false if the guest's cannot be read.</summary>
    public static bool TryTranslate(ref SyscallContext context, ulong address, nint count, out nint pointer)
    {
        pointer = 0;
        if (count is <= 0 or > MaxCount)
            return true; // the host's kernel says what is wrong before it looks at the array
        if (!context.Memory.TryGetSpan(address, (ulong)count * (ulong)sizeof(IoVector), Engine.Memory.PagePermissions.Read, out var bytes))
            return false;
        var source = MemoryMarshal.Cast<byte, IoVector>(bytes);
        var target = (IoVector*)context.Thread.Scratch.Allocate((int)count * sizeof(IoVector));
        for (var i = 0; i < (int)count; i++)
            target[i] = new IoVector { Address = (ulong)context.HostAddress(source[i].Address, source[i].Length), Length = source[i].Length };
        pointer = (nint)target;
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => line.Address(_address).Next().Number(Count);
}
