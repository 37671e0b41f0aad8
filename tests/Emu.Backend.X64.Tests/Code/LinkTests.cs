using System.Runtime.InteropServices;
using Emu.Backend.Tests.Differential;
using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Assert = Xunit.Assert;

namespace Emu.Backend.X64.Tests.Code;

/// <summary>How machine code goes from block to block: links, the jump cache, leaving when it is asked to.</summary>
public sealed unsafe class LinkTests : IDisposable
{
    private const ulong A = 0x10000, B = 0x20000, C = 0x30000, Unknown = 0x40000;

    private readonly byte* _records = (byte*)NativeMemory.AlignedAlloc(1 << 16, 64);
    private readonly GuestMemory _memory = new();
    private readonly X64Backend _backend;
    private readonly Machine _machine;
    private readonly VCpuState* _state;
    private int _used;

    public LinkTests()
    {
        _backend = new X64Backend(new RiscVGuest(), _memory);
        _machine = new Machine(new RiscVGuest(), _backend, _memory);
        _state = _machine.AddVCpu().State;
        _state->Budget = 1;
    }

    public void Dispose()
    {
        _machine.Dispose();
        _backend.Dispose();
        _memory.Dispose();
        NativeMemory.AlignedFree(_records);
    }

    [Test]
    public void An_exit_returns_until_it_is_linked_and_again_when_it_is_unlinked()
    {
        var a = Emit(A, ir => ir.Jump((long)B));
        var b = Emit(B, ir => ir.Jump((long)C));
        Assert.Equal((ExitReason.Link, B), Run(a));
        var site = _state->Position;
        _backend.Link(site, b);
        Assert.Equal((ExitReason.Link, C), Run(a));
        _backend.Unlink(site);
        Assert.Equal((ExitReason.Link, B), Run(a));
        Assert.Equal((nint)site, (nint)_state->Position);
    }

    [Test]
    public void Both_ways_of_a_branch_are_linked_on_their_own()
    {
        var register = TestBlock.Offset(5);
        var a = Emit(A, ir => ir.Branch(IrCondition.NotEqual, ir.Global(register), ir.Constant(0UL), B));
        var b = Emit(B, ir => ir.Jump((long)Unknown));
        var c = Emit(A + 4, ir => ir.Jump((long)C));
        Assert.Equal((ExitReason.Link, A + 4), Run(a));
        _backend.Link(_state->Position, c);
        Register(register) = 1;
        Assert.Equal((ExitReason.Link, B), Run(a));
        _backend.Link(_state->Position, b);
        Assert.Equal((ExitReason.Link, Unknown), Run(a));
        Register(register) = 0;
        Assert.Equal((ExitReason.Link, C), Run(a));
    }

    [Test]
    public void An_indirect_jump_asks_the_jump_cache()
    {
        var register = TestBlock.Offset(5);
        var a = Emit(A, ir => ir.JumpIndirect(ir.Global(register)));
        var b = Emit(B, ir => ir.Jump((long)C));
        Register(register) = B;
        Assert.Equal((ExitReason.Lookup, B), Run(a));
        _state->JumpCache[JumpCacheEntry.IndexOf(B)] = new JumpCacheEntry { Pc = B, Entry = b->Entry };
        Assert.Equal((ExitReason.Link, C), Run(a));
        // Another address with the same place in the cache, and one that differs above 32 bits.
        foreach (var other in (ulong[])[B + 2 * JumpCacheEntry.Count, B | 1UL << 37])
        {
            Register(register) = other;
            Assert.Equal((ExitReason.Lookup, other), Run(a));
        }
    }

    [Test]
    public void Empty_entries_of_the_jump_cache_are_no_blocks()
    {
        var register = TestBlock.Offset(5);
        var a = Emit(A, ir => ir.JumpIndirect(ir.Global(register)));
        foreach (var target in (ulong[])[0, 2, 4])
        {
            Register(register) = target;
            Assert.Equal((ExitReason.Lookup, target), Run(a));
        }
    }

    [Test]
    public void A_loop_by_jumps_is_left_when_the_budget_is_gone()
    {
        var (count, limit) = (TestBlock.Offset(10), TestBlock.Offset(20));
        var a = Emit(A, ir => ir.SetGlobal(count, ir.Add(ir.Global(count), ir.Constant(1))));
        Register(limit) = 1000;
        Assert.Equal((ExitReason.Link, TestBlock.Next), Run(a));
        var loop = Emit(B, ir =>
        {
            ir.SetGlobal(count, ir.Add(ir.Global(count), ir.Constant(1)));
            ir.Branch(IrCondition.LessUnsigned, ir.Global(count), ir.Global(limit), B);
        });
        Register(count) = 0;
        Assert.Equal((ExitReason.Link, B), Run(loop));
        _backend.Link(_state->Position, loop);
        Assert.Equal((ExitReason.Link, B + 4), Run(loop));
        Assert.Equal(1000u, Register(count));
        // Asked to leave, it says where each way goes on.
        _state->Budget = 0;
        Register(count) = 0;
        Assert.Equal((ExitReason.Budget, B), Run(loop));
        Assert.Equal(1u, Register(count));
        Register(count) = 5000;
        Assert.Equal((ExitReason.Budget, B + 4), Run(loop));
    }

    [Test]
    public void Every_way_that_can_close_a_circle_is_left_when_the_budget_is_gone()
    {
        var register = TestBlock.Offset(5);
        var self = Emit(A, ir => ir.Jump((long)A));
        var indirect = Emit(B, ir => ir.JumpIndirect(ir.Global(register)));
        _state->JumpCache[JumpCacheEntry.IndexOf(B)] = new JumpCacheEntry { Pc = B, Entry = indirect->Entry };
        Register(register) = B;
        _state->Budget = 0;
        Assert.Equal((ExitReason.Budget, A), Run(self));
        Assert.Equal((ExitReason.Budget, B), Run(indirect));
    }

    [Test]
    public void Code_memory_is_used_again_after_a_flush()
    {
        var a = Emit(A, ir => ir.Jump((long)B));
        var entry = (nint)a->Entry;
        _backend.Flush();
        Assert.Equal(entry, (nint)Emit(A, ir => ir.Jump((long)C))->Entry);
        Assert.Equal((ExitReason.Link, C), Run(a));
    }

    [Test]
    public void A_process_that_was_forked_gets_code_memory_of_its_own_at_the_same_place()
    {
        var a = Emit(A, ir => ir.Jump((long)B));
        var entry = (nint)a->Entry;
        _backend.PartFromParent();
        _backend.Flush();
        a = Emit(A, ir => ir.Jump((long)C));
        Assert.Equal(entry, (nint)a->Entry);
        Assert.Equal((ExitReason.Link, C), Run(a));
    }

    [Test]
    public void Code_prints_as_text()
    {
        var a = Emit(A, ir => ir.SetGlobal(TestBlock.Offset(10), ir.Add(ir.Global(TestBlock.Offset(10)), ir.Constant(77))));
        var text = new StringWriter();
        _backend.Print(a, text);
        Assert.Contains("4Dh", text.ToString());
    }

    private TranslatedBlock* Emit(ulong pc, Action<IrBuilder> instruction)
    {
        var block = TestBlock.At(pc, instruction);
        var record = (TranslatedBlock*)(_records + _used);
        *record = new TranslatedBlock { Pc = block.Pc, EndPc = block.EndPc, InstructionCount = block.InstructionCount };
        _used += TranslatedBlock.RecordSize + _backend.Emit(block, record) + 63 & ~63;
        return record;
    }

    private (ExitReason, ulong) Run(TranslatedBlock* block)
    {
        var reason = _backend.Run(_state, block->Entry);
        return (reason, _state->Pc);
    }

    private ref ulong Register(int offset) => ref *(ulong*)((byte*)_state + offset);
}
