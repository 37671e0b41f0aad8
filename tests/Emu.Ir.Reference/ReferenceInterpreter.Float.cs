namespace Emu.Ir.Reference;

/// <content>Floating-point ops.</content>
public sealed partial class ReferenceInterpreter
{
    private ulong ComputeFloat(in IrInsn insn, ulong a, ulong b, ulong c) => throw Unknown(insn.Op);
}
