namespace Emu.Ir.Passes;

/// <summary>
/// Runs the passes over a block: read this first. All passes share two sweeps, so that the usual block, in which there is
/// nothing to gain, costs two walks over its instructions. Owned by one translator thread, as is the block; allocates
/// nothing once its tables have grown to the largest block.
/// </summary>
/// <param name="enabled">The passes to run.</param>
public sealed class IrPipeline(PassSet enabled = PassSet.All)
{
    private const PassSet Forward = PassSet.Copy | PassSet.Fold | PassSet.Peephole | PassSet.Address | PassSet.Branch;
    private const PassSet Backward = PassSet.DeadGlobals | PassSet.DeadTemps;

    private readonly ForwardSweep _forward = new();
    private readonly DeadCodeSweep _backward = new();

    /// <summary>The passes that <see cref="Run"/> runs.</summary>
    public PassSet Enabled { get; } = enabled;

    /// <summary>Rewrites the block, which must be complete and valid; the result is valid and means the same.</summary>
    public void Run(IrBlock block)
    {
        if ((Enabled & Forward) != 0)
            _forward.Run(block, Enabled);
        if ((Enabled & Backward) != 0)
            _backward.Run(block, Enabled);
    }
}
