using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>
/// What plugins can ask a guest for that does not run but is told of by a recording: the program counter, registers that lines have told, and the memory that accesses have shown. Nothing of it
/// can be changed. Used by the thread that replays.
/// </summary>
public sealed class RecordedState
{
    private readonly Dictionary<ulong, Page> _pages = [];
    private readonly Dictionary<(int VCpu, int Number), ulong> _registers = [];

    /// <summary>The stack pointer, in an event that was recorded with it; else null.</summary>
    public ulong? StackPointer { get; set; }

    /// <summary>From now on a register of a vCPU, by its place in <see cref="IGuest.Registers"/>, has that value, until it is told again or the vCPU ends.</summary>
    public void Set(int vcpu, int register, ulong value) => _registers[(vcpu, register)] = value;

    /// <summary>A vCPU has ended.</summary>
    internal void Forget(VCpuContext vcpu)
    {
        for (var i = 0; i < vcpu.Machine.Guest.Registers.Count; i++)
            _registers.Remove((vcpu.Index, i));
    }

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

    /// <summary>Reads the program counter, or a register that is known, by its place.</summary>
    /// <exception cref="NotSupportedException">It is not known.</exception>
    internal int ReadRegister(VCpuContext vcpu, int number, GuestRegister register, Span<byte> destination) =>
        register.Offset == VCpuState.PcOffset ? register.ToBytes(vcpu.Pc, destination)
        : StackPointer is { } stackPointer && register.Offset == vcpu.Machine.Guest.Abi.StackPointer ? register.ToBytes(stackPointer, destination)
        : _registers.TryGetValue((vcpu.Index, number), out var value) ? register.ToBytes(value, destination)
        : throw new NotSupportedException($"register '{register.Name}' cannot be read, as the recording does not hold it");

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
