using System.Globalization;

namespace Emu.Ir;

/// <summary>Rules about the order of instructions: guest instructions without gaps (but in a trace), one terminal, at the end.</summary>
internal sealed class OrderRules(IrBlock block)
{
    private ulong _next = block.Pc;
    private int _starts;
    private long _skippable;
    private bool _hasEnded;

    /// <summary>What is wrong with the place of the instruction, or null. Call once for each instruction, in order.</summary>
    public string? ErrorIn(in IrInsn insn)
    {
        if (_hasEnded)
            return "it stands behind the terminal";
        _hasEnded = insn.Op.IsTerminal();
        if (_skippable > 0 && !MayBeSkipped(insn.Op))
            return "it cannot be skipped";
        _skippable = insn.Op == IrOp.SkipUnlessZero ? insn.Imm : _skippable - 1;
        if (insn.Op != IrOp.InsnStart)
            return _starts > 0 || IsFetchFault(insn) || IsBreakpoint(insn) ? null : "it stands before the first guest instruction";
        if ((ulong)insn.Imm != _next && !block.IsTrace)
            return string.Create(CultureInfo.InvariantCulture, $"the guest instruction at 0x{_next:x} comes next");
        _next += insn.Size;
        _starts++;
        return null;
    }

    /// <summary>True for what may stand behind <see cref="IrOp.SkipUnlessZero"/> to be skipped.</summary>
    public static bool MayBeSkipped(IrOp op) => op is IrOp.PluginExec or IrOp.PluginCondExec or IrOp.PluginMem or IrOp.TraceAppend or IrOp.ScoreboardAdd or IrOp.ScoreboardStore;

    /// <summary>At a breakpoint no guest instruction has begun.</summary>
    private static bool IsBreakpoint(in IrInsn insn) => insn.Op == IrOp.Exit && (IrExit)insn.Flags == IrExit.Breakpoint;

    /// <summary>Where nothing can be fetched there is no guest instruction, only the trap.</summary>
    private static bool IsFetchFault(in IrInsn insn) => insn.Op == IrOp.Trap && insn.Imm == (long)IrTrap.FetchFault;

    /// <summary>What is missing at the end of the block, or null.</summary>
    public string? ErrorAtEnd()
    {
        if (!_hasEnded)
            return "the block has no terminal";
        if (_starts != block.InstructionCount)
            return $"the block says that it has {block.InstructionCount} guest instructions and has {_starts}";
        return _next == block.EndPc || block.IsTrace
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the block says that it ends at 0x{block.EndPc:x} and ends at 0x{_next:x}");
    }
}
