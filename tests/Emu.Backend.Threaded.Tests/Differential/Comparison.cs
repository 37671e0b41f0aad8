using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Ir.Reference;
using Emu.Ir.Text;

namespace Emu.Backend.Tests.Differential;

/// <summary>Compares a backend, in each of the ways in which it can run a block, with the reference interpreter.</summary>
/// <param name="runs">The ways.</param>
internal sealed partial class Comparison(params (string Name, BackendRun Run)[] runs) : IDisposable
{
    /// <summary>In every way.</summary>
    public Comparison()
        : this(NewRuns())
    {
    }

    /// <summary>Runs the block as it is.</summary>
    /// <param name="what">What to say beside the states if they differ: the seed, or the case.</param>
    public void Check(IrBlock block, StartState start, string what) => Check(block, start, new IrPipeline(PassSet.None), what);

    /// <summary>Interprets the block as it is, then runs it in the backend after the passes.</summary>
    public void Check(IrBlock block, StartState start, IrPipeline passes, string what)
    {
        CallbackRecorder.Bind(block);
        var before = IrPrinter.ToText(block);
        var expected = ReferenceRun.Of(block, start);
        passes.Run(block);
        foreach (var (name, run) in runs)
            Compare(expected, run.Of(block, start), $"{what}, {name}, {passes.Enabled}", before, block);
    }

    /// <summary>A run for each way of the backend whose test project this is.</summary>
    private static partial (string Name, BackendRun Run)[] NewRuns();

    private static void Compare((BlockEnd End, string Text) expected, (BlockEnd End, string Text) actual, string what, string before, IrBlock block)
    {
        var text = Harmonise(expected.End, actual);
        if (expected.Text != text)
            Assert.Fail($"{what}\n{before}\nafter the passes:\n{IrPrinter.ToText(block)}\nexpected:\n{expected.Text}\nactual:\n{text}");
    }

    /// <summary>
    /// The interpreter tests alignment before the page. The backend reports what was tried, and the engine finds out why it failed from the page
    /// first: for a misaligned atomic access to a page that would refuse it anyway, the reason may be either.
    /// </summary>
    private static string Harmonise(BlockEnd expected, (BlockEnd End, string Text) actual)
    {
        var (end, text) = actual;
        if (expected.Kind != BlockEndKind.Misaligned || end.Kind is not (BlockEndKind.ReadFault or BlockEndKind.WriteFault))
            return text;
        return (end with { Kind = BlockEndKind.Misaligned }).ToString() + text[end.ToString().Length..];
    }

    public void Dispose()
    {
        foreach (var (_, run) in runs)
            run.Dispose();
    }
}
