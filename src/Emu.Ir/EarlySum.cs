namespace Emu.Ir;

/// <summary>
/// What pass <c>advance</c> has added to a scoreboard entry before its time: additions of later instructions were put together with an earlier one, though the block may be left
/// between the two, by a fault, a trap or a trace's way out. Whoever runs the block takes back what was not due if it is left there, so that counts are exact and cost nothing where nothing happens.
/// </summary>
/// <remarks>
/// Places in the block are twice an instruction's <see cref="IrBlock.OffsetOf"/>, one more for being left at the instruction: what is due before an instruction is due when that
/// one faults, and what is due behind its access is not. A trace's way out comes after all that its instruction is due.
/// </remarks>
public readonly unsafe struct EarlySum
{
    /// <summary>Host address of vCPU 0's scoreboard entry.</summary>
    public nint Entry { get; init; }

    /// <summary>Bytes from one vCPU's scoreboard entry to the next one's.</summary>
    public int Stride { get; init; }

    /// <summary>The place behind which it has been added.</summary>
    public int From { get; init; }

    /// <summary>The place at which it is due.</summary>
    public int Until { get; init; }

    /// <summary>What was added.</summary>
    public ulong Amount { get; init; }

    /// <summary>Takes back what was not due yet in a block that was left in its middle.</summary>
    /// <param name="sums">Those of the block.</param>
    /// <param name="offset">The <see cref="IrBlock.OffsetOf"/> of the instruction at which it was left.</param>
    /// <param name="vcpu">Index of the vCPU that ran it.</param>
    public static void TakeBack(ReadOnlySpan<EarlySum> sums, ulong offset, int vcpu)
    {
        foreach (ref readonly var sum in sums)
            if (sum.IsEarlyAt(2 * offset + 1))
                *(ulong*)(sum.Entry + (nint)vcpu * sum.Stride) -= sum.Amount;
    }

    /// <summary>True if it has been added and was not due yet where the block is left.</summary>
    public bool IsEarlyAt(ulong place) => (ulong)From < place && place < (ulong)Until;

    /// <summary>The place of a trace's way out.</summary>
    /// <param name="offset">The <see cref="IrBlock.OffsetOf"/> of its instruction.</param>
    public static ulong WayOutOf(ulong offset) => 2 * offset + 3;
}
