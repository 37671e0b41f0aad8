namespace Emu.Ir.Text;

/// <summary>Reads the lines below a block's header: hooks and instructions.</summary>
internal sealed class IrInsnReader(IrBlock block, IrNames names)
{
    /// <summary>Appends what the line says to the block.</summary>
    public void Read(IrScanner line)
    {
        line.MarkToken();
        var first = line.Peek();
        if (first is '%' or '_')
        {
            ReadAssignment(line, ReadValue(line));
            return;
        }

        var word = line.Word("an instruction");
        if (word == "hook")
            block.AddHook(IrHookText.Parse(line));
        else if (line.Peek() == '=')
            ReadAssignment(line, Global(line, word));
        else
            ReadOp(line, word, default);
    }

    private void ReadAssignment(IrScanner line, IrValue result)
    {
        line.Expect('=');
        line.MarkToken();
        ReadOp(line, line.Word("an op"), result, isAssigned: true);
    }

    private void ReadOp(IrScanner line, string name, IrValue result, bool isAssigned = false)
    {
        if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<IrOp>(name, out var op))
            throw line.Error($"there is no op '{name}'");
        var operands = IrOps.OperandsOf(op);
        if (isAssigned != ((operands & IrOperands.Dst) != 0))
            throw line.Error(isAssigned ? $"{op} has no result" : $"{op} has a result: write 'register = {op} …'");
        var insn = new IrInsn { Op = op, Dst = result };
        ReadModifiers(line, ref insn, operands);
        ReadOperands(line, ref insn, operands);
        block.Append(op) = insn;
    }

    private static void ReadModifiers(IrScanner line, ref IrInsn insn, IrOperands operands)
    {
        if ((operands & IrOperands.Size) != 0)
        {
            line.Expect('.');
            insn.Size = (byte)line.Number(byte.MaxValue);
        }

        line.MarkToken();
        var word = line.Accept('.') ? line.Word("a modifier") : "";
        if (!IrModifiers.TryFind(insn.Op, word, out insn.Flags))
            throw line.Error(word.Length == 0 ? $"{insn.Op} needs a modifier" : $"{insn.Op} has no modifier '{word}'");
    }

    private void ReadOperands(IrScanner line, ref IrInsn insn, IrOperands operands)
    {
        var kind = IrImmediates.KindOf(insn.Op);
        var separate = false;
        if (Next(IrOperands.A))
            ReadFirst(line, ref insn, kind);
        if (Next(IrOperands.B))
            insn.B = ReadValue(line);
        if (Next(IrOperands.C))
            insn.C = ReadValue(line);
        if (kind != IrImmediate.Displacement && Next(IrOperands.Imm))
            insn.Imm = ReadImmediate(line, kind);

        bool Next(IrOperands operand)
        {
            if ((operands & operand) == 0)
                return false;
            if (separate)
                line.Expect(',');
            return separate = true;
        }
    }

    private void ReadFirst(IrScanner line, ref IrInsn insn, IrImmediate kind)
    {
        if (kind != IrImmediate.Displacement)
        {
            insn.A = ReadValue(line);
            return;
        }

        line.Expect('[');
        insn.A = ReadValue(line);
        if (line.Accept('+'))
            insn.Imm = (long)line.Number();
        else if (line.Accept('-'))
            insn.Imm = (long)(0 - line.Number());
        line.Expect(']');
    }

    private static long ReadImmediate(IrScanner line, IrImmediate kind)
    {
        switch (kind)
        {
            case IrImmediate.Trap:
                return (long)line.Enum<IrTrap>("a trap");
            case IrImmediate.Hook:
                line.Expect('#');
                return line.Number(int.MaxValue);
            case IrImmediate.Helper:
                line.MarkToken();
                line.Expect('@');
                var name = line.Symbol("a helper's name");
                return IrHelpers.TryFind(name, out var number) ? number : throw line.Error($"no helper is named '{name}'");
            default:
                return (long)line.Number();
        }
    }

    private IrValue ReadValue(IrScanner line)
    {
        line.MarkToken();
        if (line.Accept('%'))
            return IrValue.Temp(line.Number(IrBlock.MaxTemps - 1));
        if (line.Peek() == '-' || char.IsAsciiDigit(line.Peek()))
            return block.AddConstant(line.Number());
        var word = line.Word("an operand");
        return word == "_" ? IrValue.None : Global(line, word);
    }

    private IrValue Global(IrScanner line, string name) =>
        names.TryFind(name, out var offset) ? IrValue.Global(offset) : throw line.Error($"there is no register '{name}'");
}
