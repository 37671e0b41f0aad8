using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>
/// What plugins can ask a guest for that does not run but is told of by a recording: the program counter, and the memory that accesses have shown. Other registers it does not have, and nothing of it
/// can be changed. Used by the thread that replays.
/// </summary>
public sealed class RecordedState
{
    private readonly Dictionary<ulong, Page> _pages = [];

    /// <summary>The stack pointer, in an event that was recorded with it; else null.</summary>
    public ulong? StackPointer { get; set; }

    /// <summary>The guest has been seen to have these bytes there.</summary>
    public void Show(ulong address, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            PageOf(address).Set(OffsetOf(address++), value);
    }

    /// <summary>Reads what has been shown; false if a byte of the range has not.</summary>
    internal bool TryRead(ulong address, Span<byte> destination)
    {
        foreach (ref var value in destination)
        {
            if (!_pages.TryGetValue(address / GuestMemory.PageSize, out var page) || !page.TryGet(OffsetOf(address++), out value))
                return false;
        }

        return true;
    }

    /// <summary>Reads the program counter, or the stack pointer where it is known.</summary>
    /// <exception cref="NotSupportedException">It is another register.</exception>
    internal int ReadRegister(VCpuContext vcpu, GuestRegister register, Span<byte> destination) =>
        register.Offset == VCpuState.PcOffset ? register.ToBytes(vcpu.Pc, destination)
        : StackPointer is { } stackPointer && register.Offset == vcpu.Machine.Guest.Abi.StackPointer ? register.ToBytes(stackPointer, destination)
        : throw new NotSupportedException($"register '{register.Name}' cannot be read, as a recording does not hold it");

    /// <summary>What is thrown where something of the guest would change.</summary>
    internal static NotSupportedException Unchangeable(string what) => new($"{what} cannot be written, as a recording is replayed");

    private static int OffsetOf(ulong address) => (int)(address % GuestMemory.PageSize);

    private Page PageOf(ulong address)
    {
        if (!_pages.TryGetValue(address / GuestMemory.PageSize, out var page))
            _pages.Add(address / GuestMemory.PageSize, page = new Page());
        return page;
    }

    private sealed class Page
    {
        private readonly byte[] _bytes = new byte[GuestMemory.PageSize];
        private readonly ulong[] _known = new ulong[GuestMemory.PageSize / 64];

        public void Set(int offset, byte value)
        {
            _bytes[offset] = value;
            _known[offset / 64] |= 1UL << (offset % 64);
        }

        public bool TryGet(int offset, out byte value)
        {
            value = _bytes[offset];
            return (_known[offset / 64] & (1UL << (offset % 64))) != 0;
        }
    }
}
