using System.Runtime.CompilerServices;

namespace Emu.Ir.Reference;

/// <summary>A vCPU state block for the reference interpreter, at a fixed address for the life of the object so that helpers can be called with it.</summary>
public sealed unsafe class ReferenceState
{
    private readonly byte[] _bytes;
    private readonly StateLayout _layout;

    /// <summary>A zeroed block of <paramref name="size"/> bytes.</summary>
    public ReferenceState(int size, StateLayout layout)
    {
        _bytes = GC.AllocateArray<byte>(size, pinned: true);
        _layout = layout;
    }

    /// <summary>Without a holder of a reservation no address has this value.</summary>
    public const ulong NoReservation = ulong.MaxValue;

    /// <summary>The whole block.</summary>
    public Span<byte> Bytes => _bytes;

    /// <summary>The guest registers alone.</summary>
    public Span<byte> Registers => _bytes.AsSpan(IrGlobals.FirstRegister);

    /// <summary>The block's address.</summary>
    public void* Address => Unsafe.AsPointer(ref _bytes[0]);

    /// <summary>Number of the vCPU: which entry of a scoreboard is its own.</summary>
    public int VCpuIndex { get; init; }

    /// <summary>Address of the last load-reserved, or <see cref="NoReservation"/>.</summary>
    public ulong ReservationAddress { get; set; } = NoReservation;

    /// <summary>What the last load-reserved read.</summary>
    public ulong ReservationValue { get; set; }

    /// <summary>A global.</summary>
    public ulong this[int offset]
    {
        get => Unsafe.ReadUnaligned<ulong>(ref _bytes.AsSpan(offset, IrGlobals.Size)[0]);
        set => Unsafe.WriteUnaligned(ref _bytes.AsSpan(offset, IrGlobals.Size)[0], value);
    }

    /// <summary>Accumulated floating-point exceptions.</summary>
    public ref uint FloatFlags => ref Unsafe.As<byte, uint>(ref _bytes[_layout.FloatFlags]);

    /// <summary>Dynamic rounding mode.</summary>
    public ref uint RoundingMode => ref Unsafe.As<byte, uint>(ref _bytes[_layout.RoundingMode]);
}
