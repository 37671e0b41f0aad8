using Emu.Plugins;

namespace Emu.Guest.RiscV;

/// <summary>
/// Where instructions send the program. What is a call and what a return is a convention of registers, <c>ra</c> and <c>t0</c>, that predictors of hardware follow (Unpriv. ISA 2.5.1,
/// return-address stack hints).
/// </summary>
internal static class ControlFlows
{
    /// <summary>How control leaves an instruction, and where to if that stands in it.</summary>
    public static (ControlFlow Flow, ulong? Target) Of(Instruction instruction, ulong pc)
    {
        var (opcode, bits) = instruction.Expanded;
        switch (opcode)
        {
            case Opcode.Beq or Opcode.Bne or Opcode.Blt or Opcode.Bge or Opcode.Bltu or Opcode.Bgeu:
                return (ControlFlow.Branch, pc + (ulong)new FormatB(bits).Offset);
            case Opcode.Jal:
                var jump = new FormatJ(bits);
                return (IsLink(jump.Rd) ? ControlFlow.Call : ControlFlow.Jump, pc + (ulong)jump.Offset);
            case Opcode.Jalr:
                var fields = new FormatI(bits);
                return (OfIndirect(fields.Rd, fields.Rs1), null);
            case Opcode.Ecall or Opcode.Ebreak:
                return (ControlFlow.System, null);
            default:
                return (ControlFlow.Next, null);
        }
    }

    private static ControlFlow OfIndirect(XRegister link, XRegister source) => (IsLink(link), IsLink(source)) switch
    {
        (false, false) => ControlFlow.IndirectJump,
        (false, true) => ControlFlow.Return,
        (true, true) when link != source => ControlFlow.ReturnAndCall,
        _ => ControlFlow.IndirectCall,
    };

    private static bool IsLink(XRegister register) => register is XRegister.Ra or XRegister.T0;
}
