namespace Emu.Guest.RiscV;

/// <summary>The registers that instructions name, as places in the list that plugins and debuggers see.</summary>
internal static class RegisterOperands
{
    /// <summary>Those that an instruction reads, or writes: integer, floating-point, control and status registers, in this order.</summary>
    public static int[] Of(Instruction instruction, bool written)
    {
        var places = new List<int>();
        var named = written ? instruction.Writes : instruction.Reads;
        for (var i = 0; i < 32; i++)
            if (named.Contains((XRegister)i))
                places.Add(RiscVRegisters.PlaceOf((XRegister)i));
        for (var i = 0; i < 32; i++)
            if (named.Contains((FRegister)i))
                places.Add(RiscVRegisters.PlaceOf((FRegister)i));
        if (StatusOf(instruction.Expanded, written) is >= 0 and var status)
            places.Add(status);
        return [.. places];
    }

    /// <summary>The place of the control and status register, or -1. Swaps always write, the others unless their operand is zero (Unpriv. ISA, Zicsr).</summary>
    private static int StatusOf(Instruction instruction, bool written)
    {
        var (opcode, bits) = instruction;
        var isSwap = opcode is Opcode.Csrrw or Opcode.Csrrwi;
        if (!isSwap && opcode is not (Opcode.Csrrs or Opcode.Csrrc or Opcode.Csrrsi or Opcode.Csrrci))
            return -1;
        var fields = new FormatCsr(bits);
        return written ? (isSwap || fields.Rs1 != XRegister.Zero ? RiscVRegisters.PlaceOfStatus((int)fields.Csr) : -1)
            : isSwap && fields.Rd == XRegister.Zero ? -1
            : RiscVRegisters.PlaceOfStatus((int)fields.Csr);
    }
}
