using System.Runtime.InteropServices;
using Emu.Backend.Tests.Differential;
using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Assert = Xunit.Assert;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>How threaded code goes from block to block: links, the jump cache, the budget.</summary>
public sealed unsafe class LinkTests : IDisposable
{
    private const ulong A = 0x10000, B = 0x20000, C = 0x30000, Unknown = 0x40000;

    private readonly byte* _code = (byte*)NativeMemory.AlignedAlloc(1 << 16, 64);
    private readonly GuestMemory _memory = new();
    private readonly ThreadedBackend _backend = new(RiscVState.Size);
    private readonly Machine _machine;
    private readonly VCpuState* _state;
    private int _used;

    public LinkTests()
    {
        _machine = new Machine(new RiscVGuest(), _backend, _memory);
        _state = _machine.AddVCpu().State;
        _state->Budget = 100;
    }

    public void Dispose()
    {
        _machine.Dispose();
        _memory.Dispose();
        NativeMemory.AlignedFree(_code);
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
        // Another address with the same place in the cache.
        Register(register) = B + 2 * JumpCacheEntry.Count;
        Assert.Equal((ExitReason.Lookup, B + 2 * JumpCacheEntry.Count), Run(a));
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(1000)]
    public void A_chain_enters_as_many_blocks_as_its_budget(int budget)
    {
        var register = TestBlock.Offset(5);
        var loop = Emit(A, ir =>
        {
            ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(1UL)));
            ir.Jump((long)A);
        });
        Run(loop);
        _backend.Link(_state->Position, loop);
        Register(register) = 0;
        _state->Budget = budget;
        Assert.Equal((ExitReason.Budget, A), Run(loop));
        Assert.Equal((ulong)budget + 1, Register(register));
    }

    [Test]
    public void A_branch_that_falls_through_needs_no_budget()
    {
        var register = TestBlock.Offset(5);
        var branch = Emit(A, ir => ir.Branch(IrCondition.NotEqual, ir.Global(register), ir.Global(register), B));
        _state->Budget = 0;
        Assert.Equal((ExitReason.Link, A + 4), Run(branch));
    }

    [Test]
    public void Without_budget_every_exit_still_says_where_to_go_on()
    {
        var register = TestBlock.Offset(5);
        Register(register) = C;
        var unlinked = Emit(A, ir => ir.Jump((long)B));
        var branch = Emit(A, ir => ir.Branch(IrCondition.Equal, ir.Global(register), ir.Global(register), B));
        var indirect = Emit(A, ir => ir.JumpIndirect(ir.Global(register)));
        _state->Budget = 0;
        Assert.Equal((ExitReason.Budget, B), Run(unlinked));
        _state->Budget = 0;
        Assert.Equal((ExitReason.Budget, B), Run(branch));
        _state->Budget = 0;
        Assert.Equal((ExitReason.Budget, C), Run(indirect));
        _state->JumpCache[JumpCacheEntry.IndexOf(C)] = new JumpCacheEntry { Pc = C, Entry = Emit(C, ir => ir.Jump((long)B))->Entry };
        _state->Budget = 0;
        Assert.Equal((ExitReason.Budget, C), Run(indirect));
    }

    [Test]
    public void Emitted_code_reads_as_text()
    {
        var block = Emit(A, ir =>
        {
            ir.SetGlobal(TestBlock.Offset(5), ir.Load(ir.Global(TestBlock.Offset(6)), 16, 4, IrFlags.Signed));
            ir.Fence();
            ir.Syscall((long)A + 4);
        });
        var text = new StringWriter();
        _backend.Print(block, text);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("  Load", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  syscall", lines[2], StringComparison.Ordinal);
    }

    private ref ulong Register(int offset) => ref *(ulong*)((byte*)_state + offset);

    private (ExitReason Reason, ulong Pc) Run(TranslatedBlock* block) => (_backend.Run(_state, block->Entry), _state->Pc);

    private TranslatedBlock* Emit(ulong pc, Action<IrBuilder> write)
    {
        var ir = TestBlock.At(pc, write);
        var block = (TranslatedBlock*)(_code + _used);
        *block = new TranslatedBlock { Pc = ir.Pc, EndPc = ir.EndPc };
        block->CodeSize = _backend.Emit(ir, block);
        _used += (TranslatedBlock.RecordSize + block->CodeSize + 63) & ~63;
        return block;
    }
}
