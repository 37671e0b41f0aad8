using Emu.Backend.Tests.Differential;
using Emu.Backend.Tests.Links;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.X64.Tests.Code;

/// <summary>What machine code adds to <see cref="ExitTests"/>: its budget is spent or not, and it lies in memory of the backend's own.</summary>
public sealed class LinkTests : IDisposable
{
    private const ulong A = 0x10000, B = 0x20000, C = 0x30000;

    private readonly LinkedBlocks _blocks = new() { Budget = 1 };

    public void Dispose() => _blocks.Dispose();

    [Test]
    public async Task A_loop_by_jumps_is_left_when_the_budget_is_gone()
    {
        var (count, limit) = (TestBlock.Offset(10), TestBlock.Offset(20));
        var a = _blocks.Emit(A, ir => ir.SetGlobal(count, ir.Add(ir.Global(count), ir.Constant(1))));
        _blocks[limit] = 1000;
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, TestBlock.Next));
        var loop = _blocks.Emit(B, ir =>
        {
            ir.SetGlobal(count, ir.Add(ir.Global(count), ir.Constant(1)));
            ir.Branch(IrCondition.LessUnsigned, ir.Global(count), ir.Global(limit), B);
        });
        _blocks[count] = 0;
        await Assert.That(_blocks.Run(loop)).IsEqualTo((ExitReason.Link, B));
        _blocks.Link(_blocks.Site, loop);
        await Assert.That(_blocks.Run(loop)).IsEqualTo((ExitReason.Link, B + 4));
        await Assert.That(_blocks[count]).IsEqualTo(1000UL);
        // Asked to leave, it says where each way goes on.
        _blocks.Budget = 0;
        _blocks[count] = 0;
        await Assert.That(_blocks.Run(loop)).IsEqualTo((ExitReason.Budget, B));
        await Assert.That(_blocks[count]).IsEqualTo(1UL);
        _blocks[count] = 5000;
        await Assert.That(_blocks.Run(loop)).IsEqualTo((ExitReason.Budget, B + 4));
    }

    [Test]
    public async Task Leaving_when_it_is_asked_to_spends_no_budget()
    {
        var self = _blocks.Emit(A, ir => ir.Jump((long)A));
        _blocks.Budget = 0;
        for (var time = 0; time < 3; time++)
            await Assert.That(_blocks.Run(self)).IsEqualTo((ExitReason.Budget, A));
    }

    [Test]
    public async Task Code_memory_is_used_again_after_a_flush()
    {
        var a = _blocks.Emit(A, ir => ir.Jump((long)B));
        var entry = LinkedBlocks.EntryOf(a);
        _blocks.Backend.Flush();
        var again = _blocks.Emit(A, ir => ir.Jump((long)C));
        await Assert.That(LinkedBlocks.EntryOf(again)).IsEqualTo(entry);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
    }

    [Test]
    public async Task A_forked_child_keeps_the_code_at_its_place_and_sees_nothing_of_what_the_parent_changes()
    {
        var a = _blocks.Emit(A, ir => ir.Jump((long)B));
        var b = _blocks.Emit(B, ir => ir.Jump((long)C));
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        var site = _blocks.Site;
        _blocks.Backend.PrepareFork();
        _blocks.Link(site, b);
        _blocks.Emit(C, ir => ir.Jump((long)A));
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
        await Assert.That(_blocks.Backend.PartFromParent()).IsFalse();
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        _blocks.Link(site, b);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
    }

    [Test]
    public async Task A_parent_goes_on_with_its_code_after_a_fork()
    {
        var a = _blocks.Emit(A, ir => ir.Jump((long)B));
        _blocks.Backend.PrepareFork();
        _blocks.Backend.EndFork();
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        _blocks.Link(_blocks.Site, _blocks.Emit(B, ir => ir.Jump((long)C)));
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
    }

    [Test]
    public async Task Code_prints_as_text()
    {
        var register = TestBlock.Offset(10);
        var a = _blocks.Emit(A, ir => ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(77))));
        await Assert.That(_blocks.TextOf(a)).Contains("4Dh");
    }
}
