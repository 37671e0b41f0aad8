using Emu.Backend.Tests.Differential;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>What runs in a ring: ops that do the same each time around.</summary>
/// <param name="Name">Names the handlers in messages.</param>
/// <param name="Ops">Appended to the block, each as one guest instruction.</param>
/// <param name="Start">Registers and memory.</param>
/// <param name="Leaves">Whether the last op leaves the block; else a jump is added.</param>
/// <param name="Fuse">Whether pairs are fused.</param>
internal sealed record RingCase(string Name, Action<IrBuilder>[] Ops, StartState Start, bool Leaves = false, bool Fuse = false)
{
    /// <summary>How often the op that the case is about stands in the ring.</summary>
    public const int Repeats = 8;

    /// <summary>An op, repeated.</summary>
    public static RingCase Of(string name, StartState start, Action<IrBuilder> op) => new(name, [.. Enumerable.Repeat(op, Repeats)], start);
}

/// <summary>Runs a block whose exits all lead back to it, and watches the stack.</summary>
internal sealed unsafe class Ring : IDisposable
{
    /// <summary>Guest address of the block, and a place that is accessed: a value that every op can compute, also a load of one byte and a comparison.</summary>
    public const ulong Pc = 0;

    private readonly ThreadedRun _fused = new(fuse: true);
    private readonly ThreadedRun _plain = new(fuse: false);

    public Ring()
    {
        _fused.MapLowPage();
        _plain.MapLowPage();
    }

    public void Dispose()
    {
        _fused.Dispose();
        _plain.Dispose();
    }

    /// <summary>Goes around so many times.</summary>
    public void Turn(RingCase ring, int rounds)
    {
        var run = ring.Fuse ? _fused : _plain;
        run.Emit(TestBlock.At(Pc, [Probe, .. ring.Ops, .. Back(ring)]));
        run.EmitJumper(run.Record->EndPc, Pc);
        var state = run.VCpu(0).State;
        run.Prepare(ring.Start, state);
        state->JumpCache[JumpCacheEntry.IndexOf(Pc)] = new JumpCacheEntry { Pc = Pc, Entry = run.Record->Entry };
        Close(run, state, ring);
        var reason = Run(run, state, ring, rounds);
        if (reason != ExitReason.Budget || StackProbe.Calls != rounds + 1)
            Assert.Fail($"{ring.Name}: {reason} after {StackProbe.Calls} rounds");
    }

    /// <summary>Links whatever exits are taken back to the block. The budget counts no branch that falls through, so its way back leads over a jump.</summary>
    private static void Close(ThreadedRun run, VCpuState* state, RingCase ring)
    {
        for (var exits = 0; exits < 4; exits++)
        {
            var reason = Run(run, state, ring, budget: 3);
            if (reason == ExitReason.Budget)
                return;
            if (reason != ExitReason.Link)
                Assert.Fail($"{ring.Name} leaves with {reason} at 0x{state->Pc:x}");
            run.Backend.Link(state->Position, state->Pc == run.Record->EndPc ? run.Jumper : run.Record);
        }
    }

    private static ExitReason Run(ThreadedRun run, VCpuState* state, RingCase ring, int budget)
    {
        StackProbe.Reset();
        state->Budget = budget;
        var reason = run.Backend.Run(state, run.Record->Entry);
        if (StackProbe.Growth != 0)
            Assert.Fail($"{ring.Name}: the stack grows by {StackProbe.Growth} bytes each time around");
        return reason;
    }

    private static void Probe(IrBuilder ir) => ir.CallHelper(ir.Global(TestBlock.Offset(0)), ir.Global(TestBlock.Offset(0)), StackProbe.Helper);

    /// <summary>A jump of its own, behind an op that is never fused.</summary>
    private static Action<IrBuilder>[] Back(RingCase ring) => ring.Leaves ? [] : [ir => ir.Fence(), ir => ir.Jump((long)Pc)];
}
