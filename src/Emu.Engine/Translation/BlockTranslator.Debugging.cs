using Emu.Engine.CodeCache;
using Emu.Engine.Debugging;
using Emu.Engine.Instrumentation;
using Emu.Ir;

namespace Emu.Engine.Translation;

// Blocks under a debugger: those that end before a breakpoint, those that are one, and those of a single step.
public sealed unsafe partial class BlockTranslator
{
    private IrBuilder? _watched;

    /// <summary>Translates the one instruction at <paramref name="pc"/>, whatever breakpoints there are; null if the code cache is full and must be flushed.</summary>
    public TranslatedBlock* TranslateStep<TMask>(ulong pc)
        where TMask : struct, IEventMask
    {
        var ir = Read(pc, maxInstructions: 1);
        if (_machine.Debugger is { Watchpoints.IsEmpty: false })
        {
            _watched ??= new IrBuilder(new IrBlock());
            WatchpointSet.Rewrite(ir, _watched);
            ir = _watched.Block;
        }

        return Finish<TMask>(ir, TMask.Value | EventMask.SingleStep);
    }

    private IrBlock ReadToBreakpoint(ulong pc)
    {
        var breakpoints = _machine.Debugger!.Breakpoints;
        if (breakpoints.Contains(pc))
            return StopAt(pc);
        var ir = Read(pc, _maxInstructions);
        return breakpoints.FirstIn(pc + 1, ir.EndPc) is var stop && stop < ir.EndPc ? Read(pc, InstructionsBefore(ir, stop)) : ir;
    }

    /// <summary>A block without an instruction, which leaves translated code at once.</summary>
    private IrBlock StopAt(ulong pc)
    {
        var ir = _builder.Block;
        ir.Reset(pc);
        ir.FetchEnd = pc + 1;
        _builder.Exit((long)pc, (IrFlags)IrExit.Breakpoint);
        return ir;
    }

    private static int InstructionsBefore(IrBlock ir, ulong address)
    {
        var count = 0;
        foreach (ref readonly var insn in ir.Insns)
            count += insn.Op == IrOp.InsnStart && (ulong)insn.Imm < address ? 1 : 0;
        return count;
    }
}
