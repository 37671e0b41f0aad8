using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Reference;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>
/// Registers and memory from which the reference interpreter and the backend both begin. The memory is four pages from
/// <see cref="MemoryStart"/>, of which the last can only be read; nothing else is mapped.
/// </summary>
internal sealed unsafe class StartState
{
    public const ulong MemoryStart = 0x20000;
    public const int MemorySize = 4 * GuestMemory.PageSize;
    public const int WritableSize = 3 * GuestMemory.PageSize;

    private static readonly StateLayout Layout = new(72, 76);
    private static readonly byte[] ReadOnlyPage = new byte[GuestMemory.PageSize];

    static StartState() => new Random(1).NextBytes(ReadOnlyPage);

    private readonly ReferenceState _registers = NewReferenceState(0);

    /// <summary>Zeroed registers and writable memory.</summary>
    public StartState() => ReadOnlyPage.CopyTo(Memory.AsSpan(WritableSize));

    /// <summary>Random registers and memory, fit for random blocks of these options.</summary>
    public StartState(int seed, RandomBlockOptions options)
        : this()
    {
        var random = new Random(seed);
        random.NextBytes(Memory.AsSpan(0, WritableSize));
        RandomState.Fill(random, options, _registers);
        FloatFlags = (uint)random.Next(32);
        VCpuIndex = random.Next(Scoreboards.VCpus);
    }

    /// <summary>Content of the memory.</summary>
    public byte[] Memory { get; } = new byte[MemorySize];

    /// <summary>The vCPU that runs the block.</summary>
    public int VCpuIndex { get; set; }

    /// <summary>A guest register by its offset.</summary>
    public ulong this[int offset]
    {
        get => _registers[offset];
        set => _registers[offset] = value;
    }

    /// <summary>The vCPU's budget: with 0 it is left where it would go back.</summary>
    public int Budget { get; set; } = 1000;

    public uint FloatFlags { get => _registers.FloatFlags; set => _registers.FloatFlags = value; }

    public uint RoundingMode { get => _registers.RoundingMode; set => _registers.RoundingMode = value; }

    /// <summary>A state block of the engine's layout for the reference interpreter.</summary>
    public static ReferenceState NewReferenceState(int vcpuIndex) => new(RiscVState.Size, Layout) { VCpuIndex = vcpuIndex };

    public void CopyTo(ReferenceState state)
    {
        _registers.Registers.CopyTo(state.Registers);
        (state.FloatFlags, state.RoundingMode) = (FloatFlags, RoundingMode);
    }

    public void CopyTo(VCpuState* state)
    {
        _registers.Registers.CopyTo(NativeRegisters(state));
        (state->FloatFlags, state->RoundingMode) = (FloatFlags, RoundingMode);
        (state->ReservationAddress, state->ReservationValue) = (VCpuState.NoReservation, 0);
    }

    /// <summary>The guest registers of a native state block.</summary>
    public static Span<byte> NativeRegisters(VCpuState* state) => new((byte*)state + VCpuState.GuestOffset, RiscVState.Size - VCpuState.GuestOffset);
}
