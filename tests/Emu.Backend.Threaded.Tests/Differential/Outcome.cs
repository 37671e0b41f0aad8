using System.Globalization;
using System.Text;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Backend.Tests.Differential;

/// <summary>How a run ended, as text: what is compared, and read when it differs.</summary>
internal static unsafe class Outcome
{
    /// <summary>The end of a block in the words of the reference interpreter, from what the backend left in the state.</summary>
    public static BlockEnd EndOf(ExitReason reason, VCpuState* state, GuestMemory memory) => reason switch
    {
        ExitReason.Link or ExitReason.Lookup or ExitReason.Budget => new(BlockEndKind.Jump, state->Pc),
        ExitReason.Syscall => new(BlockEndKind.Syscall, state->Pc),
        ExitReason.Trap => new(BlockEndKind.Trap, state->Pc, state->FaultAddress, state->Cause),
        ExitReason.Exit => new(BlockEndKind.Exit, state->Pc, Cause: state->Cause),
        ExitReason.Fault => new(KindOf(state, memory), state->Pc, state->FaultAddress),
        _ => throw new InvalidOperationException($"a single block must not end with {reason}"),
    };

    private static BlockEndKind KindOf(VCpuState* state, GuestMemory memory)
    {
        var access = (PagePermissions)state->Cause;
        if (memory.ExplainFault(state->FaultAddress, access).Kind == GuestFaultKind.Misaligned)
            return BlockEndKind.Misaligned;
        return access == PagePermissions.Write ? BlockEndKind.WriteFault : BlockEndKind.ReadFault;
    }

    /// <summary>End, header fields, registers, changed memory, scoreboard and callbacks.</summary>
    public static string Text(BlockEnd end, ReferenceState state, ReadOnlySpan<byte> memoryBefore, ReadOnlySpan<byte> memory, HookLog log)
    {
        var text = new StringBuilder();
        text.AppendLine(end.ToString());
        text.AppendLine(CultureInfo.InvariantCulture, $"flags={state.FloatFlags} rounding={state.RoundingMode}");
        text.AppendLine(CultureInfo.InvariantCulture, $"reservation=0x{state.ReservationAddress:x} value=0x{state.ReservationValue:x}");
        AppendRegisters(text, state);
        AppendChanges(text, memoryBefore, memory);
        text.AppendLine(CultureInfo.InvariantCulture, $"scoreboard {Scoreboards.Text}");
        foreach (var line in log.Lines)
            text.AppendLine(line);
        foreach (var record in log.Records)
            text.AppendLine(record);
        return text.ToString();
    }

    private static void AppendRegisters(StringBuilder text, ReferenceState state)
    {
        for (var offset = RiscVState.X0; offset < RiscVState.Size; offset += IrGlobals.Size)
            if (state[offset] != 0)
                text.Append(CultureInfo.InvariantCulture, $"g{offset}=0x{state[offset]:x} ");
        text.AppendLine();
    }

    private static void AppendChanges(StringBuilder text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        for (var same = before.CommonPrefixLength(after); same < after.Length; same += before[same..].CommonPrefixLength(after[same..]))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"[0x{StartState.MemoryStart + (ulong)same:x}] = 0x{after[same]:x2}");
            same++;
        }
    }
}
