using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Ir;

namespace Emu.Engine.Translation;

// Traces: blocks that were entered often are read again, the way that the guest usually goes; and what of them plugins are shown.
public sealed unsafe partial class BlockTranslator
{
    /// <summary>A block runs at least every other time itself, so that a store to code for which its trace was left comes to pass.</summary>
    private const int FewestEntries = 2;

    /// <summary>
    /// Makes a trace of the block at <paramref name="pc"/>, which takes its place, where there may be one; null if the code cache is full and must be flushed.
    /// </summary>
    public TranslatedBlock* TranslateTrace<TMask>(VCpuContext vcpu, ulong pc)
        where TMask : struct, IEventMask
    {
        var ir = ReadTrace<TMask>(vcpu, pc, ofBlocks: false);
        if ((TMask.Value & EventMask.Translation) != 0)
        {
            if (Instrumenter.IsShown(ir))
                return TranslateShownTrace<TMask>(vcpu, pc);
        }

        return Finish<NoEvents>(ir, TMask.Value);
    }

    private TranslatedBlock* TranslateShownTrace<TMask>(VCpuContext vcpu, ulong pc)
        where TMask : struct, IEventMask
    {
        if (Instrumenter.MayChangeGuest)
            return _machine.Code.Find(pc, TMask.Value); // the block that is there, since nothing is dropped while this vCPU is inside translated code
        var ir = Instrumenter.Instrument(ReadTrace<TMask>(vcpu, pc, ofBlocks: true));
        if (ir.HookCount == 0)
            ir = ReadUnasked<TMask>(vcpu, pc, ir);
        return Emit(ir, TMask.Value);
    }

    /// <summary>A trace of whose blocks plugins want nothing, as the backend likes it best, if they were shown all that is in it.</summary>
    private IrBlock ReadUnasked<TMask>(VCpuContext vcpu, ulong pc, IrBlock shown)
        where TMask : struct, IEventMask
    {
        List<(ulong Start, ulong End)> ranges = [(shown.Pc, shown.EndPc), .. shown.Stretches];
        var ir = ReadTrace<TMask>(vcpu, pc, ofBlocks: false);
        foreach (ref readonly var insn in ir.Insns)
            if (insn.Op == IrOp.InsnStart && !WasShown<TMask>(ranges, (ulong)insn.Imm))
                return ReadTrace<TMask>(vcpu, pc, ofBlocks: true);
        return ir;
    }

    private bool WasShown<TMask>(List<(ulong Start, ulong End)> ranges, ulong address)
        where TMask : struct, IEventMask
    {
        foreach (var (start, end) in ranges)
            if (address >= start && address < end)
                return true;
        // What a branch skips begins a block, if it was ever executed.
        var block = _machine.Code.Find(address, TMask.Value);
        if (block is null || block->IsInstrumented)
            return false;
        ranges.Add((block->Pc, block->EndPc));
        return true;
    }

    private IrBlock ReadTrace<TMask>(VCpuContext vcpu, ulong pc, bool ofBlocks)
        where TMask : struct, IEventMask =>
        Read(pc, _maxInstructions, mayChoose: !ofBlocks, new TraceGuide(_machine.Code, TMask.Value, vcpu.State, ofBlocks ? _maxInstructions : 0));

    /// <summary>Has the block's entries counted, so that it becomes a trace, where that may be.</summary>
    private void CountEntries(IrBlock ir)
    {
        if (_machine.Backend.WantsTraces && _machine.Translation is { TraceAfter: > 0, MaxInstructions: > 1 } options)
            ir.EntryStep = (uint)((1L << 32) / Math.Max(options.TraceAfter, FewestEntries));
    }
}
