using Emu.Backend.Tests.Differential;
using Emu.Backend.Tests.Links;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>What threaded code adds to <see cref="ExitTests"/>: its budget is a number of blocks.</summary>
public sealed class LinkTests : IDisposable
{
    private const ulong A = 0x10000, B = 0x20000, C = 0x30000;

    private static readonly int Register = TestBlock.Offset(5);

    private readonly LinkedBlocks _blocks = new();

    public void Dispose() => _blocks.Dispose();

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(1000)]
    public async Task A_chain_enters_as_many_blocks_as_its_budget(int budget)
    {
        var loop = _blocks.Emit(A, ir =>
        {
            ir.SetGlobal(Register, ir.Add(ir.Global(Register), ir.Constant(1UL)));
            ir.Jump((long)A);
        });
        _blocks.Run(loop);
        _blocks.Link(_blocks.Site, loop);
        _blocks[Register] = 0;
        _blocks.Budget = budget;
        await Assert.That(_blocks.Run(loop)).IsEqualTo((ExitReason.Budget, A));
        await Assert.That(_blocks[Register]).IsEqualTo((ulong)budget + 1);
    }

    [Test]
    public async Task A_branch_that_falls_through_needs_no_budget()
    {
        var branch = _blocks.Emit(A, ir => ir.Branch(IrCondition.NotEqual, ir.Global(Register), ir.Global(Register), B));
        _blocks.Budget = 0;
        await Assert.That(_blocks.Run(branch)).IsEqualTo((ExitReason.Link, A + 4));
    }

    [Test]
    public async Task Without_budget_every_exit_still_says_where_to_go_on()
    {
        _blocks[Register] = C;
        var unlinked = _blocks.Emit(A, ir => ir.Jump((long)B));
        var branch = _blocks.Emit(A, ir => ir.Branch(IrCondition.Equal, ir.Global(Register), ir.Global(Register), B));
        var indirect = _blocks.Emit(A, ir => ir.JumpIndirect(ir.Global(Register)));
        await Assert.That(RunWithoutBudget(unlinked)).IsEqualTo((ExitReason.Budget, B));
        await Assert.That(RunWithoutBudget(branch)).IsEqualTo((ExitReason.Budget, B));
        await Assert.That(RunWithoutBudget(indirect)).IsEqualTo((ExitReason.Budget, C));
        _blocks.Cache(_blocks.Emit(C, ir => ir.Jump((long)B)));
        await Assert.That(RunWithoutBudget(indirect)).IsEqualTo((ExitReason.Budget, C));
    }

    [Test]
    public async Task Emitted_code_reads_as_text()
    {
        var block = _blocks.Emit(A, ir =>
        {
            ir.SetGlobal(Register, ir.Load(ir.Global(TestBlock.Offset(6)), 16, 4, IrFlags.Signed));
            ir.Fence();
            ir.Syscall((long)A + 4);
        });
        var lines = _blocks.TextOf(block).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(lines.Length).IsEqualTo(3);
        await Assert.That(lines[0]).StartsWith("  Load");
        await Assert.That(lines[2]).StartsWith("  syscall");
    }

    private (ExitReason Reason, ulong Pc) RunWithoutBudget(nint block)
    {
        _blocks.Budget = 0;
        return _blocks.Run(block);
    }
}
