namespace Emu.Ir.Text;

/// <summary>
/// Reads the text that <see cref="IrPrinter"/> writes; empty lines and lines that start with <c>;</c> are skipped, indentation
/// means nothing. What it builds is well-formed but need not be valid: <see cref="IrVerifier"/> says so. For tests and tools.
/// </summary>
public static class IrParser
{
    /// <summary>Fills <paramref name="block"/> with what the text says.</summary>
    /// <exception cref="IrParseException">The text is not IR; the block's content is then undefined.</exception>
    public static void Parse(string text, IrBlock block, IrNames? names = null)
    {
        var reader = new IrInsnReader(block, names ?? IrNames.None);
        var lines = text.Split('\n');
        var hasHeader = false;
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = new IrScanner(lines[number - 1].TrimEnd('\r').Replace('\t', ' '), number);
            if (line.AtEnd || line.Peek() == ';')
                continue;
            if (hasHeader)
                reader.Read(line);
            else
                ReadHeader(line, block);
            hasHeader = true;
            line.MarkToken();
            if (!line.AtEnd)
                throw line.Error("end of line expected");
        }

        if (!hasHeader)
            throw new IrParseException("'block' expected", lines.Length, 1);
    }

    /// <summary>A new block with what the text says.</summary>
    /// <exception cref="IrParseException">The text is not IR.</exception>
    public static IrBlock Parse(string text, IrNames? names = null)
    {
        var block = new IrBlock();
        Parse(text, block, names);
        return block;
    }

    private static void ReadHeader(IrScanner line, IrBlock block)
    {
        line.MarkToken();
        if (line.Word("'block'") != "block")
            throw line.Error("'block' expected");
        block.Reset(line.Number());
        while (!line.AtEnd)
        {
            line.MarkToken();
            var field = line.Word("a field of the block");
            line.Expect('=');
            switch (field)
            {
                case "end": block.EndPc = line.Number(); break;
                case "insns": block.InstructionCount = line.Number(int.MaxValue); break;
                case "temps": block.ReserveTemps(line.Number(IrBlock.MaxTemps)); break;
                default: throw line.Error($"a block has no field '{field}'");
            }
        }
    }
}
