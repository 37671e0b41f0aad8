namespace Emu.Ir.Passes;

/// <summary>
/// Runs the passes over a block: read this first. Most passes share two sweeps, so that the usual block, in which there is
/// nothing to gain, costs few walks over its instructions. Owned by one translator thread, as is the block; allocates
/// nothing once its tables have grown to the largest block.
/// </summary>
/// <param name="enabled">The passes to run.</param>
public sealed class IrPipeline(PassSet enabled = PassSet.All)
{
    private const PassSet Forward = PassSet.Copy | PassSet.Fold | PassSet.Peephole | PassSet.Address | PassSet.Branch;
    private const PassSet Backward = PassSet.DeadGlobals | PassSet.DeadTemps | PassSet.Counters;

    private readonly ForwardSweep _forward = new();
    private readonly DeadCodeSweep _backward = new();
    private readonly Scheduling _scheduling = new();

    /// <summary>The passes that <see cref="Run"/> runs.</summary>
    public PassSet Enabled { get; } = enabled;

    /// <summary>Debug switch: verify the block before the first sweep and after each one. Slow, and allocates.</summary>
    public bool IsVerifying { get; init; }

    /// <summary>Rewrites the block, which must be complete and valid; the result is valid and means the same.</summary>
    /// <exception cref="InvalidIrException">Only with <see cref="IsVerifying"/>: the block is, or has become, invalid.</exception>
    public void Run(IrBlock block)
    {
        Verify(block, "before the passes");
        if ((Enabled & Forward) != 0)
        {
            _forward.Run(block, Enabled);
            Verify(block, "after the forward sweep");
        }

        if ((Enabled & Backward) != 0)
        {
            _backward.Run(block, Enabled);
            Verify(block, "after dead code removal");
        }

        if ((Enabled & PassSet.Schedule) != 0)
        {
            _scheduling.Run(block);
            Verify(block, "after scheduling");
        }
    }

    private void Verify(IrBlock block, string when)
    {
        if (IsVerifying && IrVerifier.ErrorIn(block) is { } error)
            throw new InvalidIrException($"{when} ({Enabled}): {error}");
    }
}
