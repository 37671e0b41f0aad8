using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Guest.RiscV;

/// <summary>
/// Reads the instructions of a block and appends their IR. A block ends at a control transfer, a system instruction, an instruction fence,
/// the end of its page or the limit. An instruction that begins in the page and ends in the next may be its last.
/// </summary>
internal static class BlockReader
{
    public static void Read(IrBuilder ir, GuestMemory memory, CpuModel cpu, int maxInstructions, bool mayChoose)
    {
        var pc = ir.Block.Pc;
        ReadStretch(ir, memory, cpu, ref pc, maxInstructions, mayChoose);
        ir.Block.EndPc = pc;
    }

    /// <summary>Appends the instructions from <paramref name="pc"/> on, and a terminal; the address becomes that behind the last instruction.</summary>
    public static void ReadStretch(IrBuilder ir, GuestMemory memory, CpuModel cpu, ref ulong pc, int maxInstructions, bool mayChoose)
    {
        var block = ir.Block;
        var pageEnd = (pc | (GuestMemory.PageSize - 1)) + 1;
        var semantics = new InstructionSemantics(ir, cpu);
        while (true)
        {
            if (!TryFetch(memory, pc, out var bits, out var fault))
            {
                if (block.InstructionCount > 0)
                    break;
                ir.Trap(ir.Constant(fault), (long)IrTrap.FetchFault);
                block.FetchEnd = fault + 1;
                break;
            }

            var before = block.Count;
            semantics.Append(pc, cpu.Decode(bits), bits);
            if (semantics.IsIllegal && block.InstructionCount > 0)
            {
                // It is a block of its own, so that all of this one runs.
                block.Truncate(before);
                ir.Jump((long)pc);
                break;
            }

            pc += (ulong)InstructionDecoder.LengthOf(bits);
            block.InstructionCount++;
            if (mayChoose && block.InstructionCount + 4 <= maxInstructions && SkippedInstructions.TryChoose(ir, memory, cpu, ref pc, pageEnd))
                semantics = new InstructionSemantics(ir, cpu);
            if (semantics.Ended || pc >= pageEnd || block.InstructionCount >= maxInstructions)
                break;
        }

        if (!semantics.Ended && block.InstructionCount > 0)
            ir.Jump((long)pc);
    }

    /// <summary>Fetches an instruction of 2 or 4 bytes; if it cannot be had, the first address that failed.</summary>
    public static bool TryFetch(GuestMemory memory, ulong pc, out uint bits, out ulong fault)
    {
        bits = 0;
        fault = pc;
        if (!memory.TryFetch(pc, out var low))
            return false;
        bits = low;
        if (InstructionDecoder.LengthOf(low) == 2)
            return true;
        fault = pc + 2;
        if (!memory.TryFetch(pc + 2, out var high))
            return false;
        bits |= (uint)high << 16;
        return true;
    }
}
