namespace Emu.Ir.Tests;

/// <summary>Blocks from short texts: what every block must have around the instructions that a test is about is added here.</summary>
internal static class TestBlocks
{
    private const string Header = "block 0x1000 end=0x1004 insns=1 temps=16\n";
    private const string Start = "InsnStart.4 0x1000";
    private const string End = "Jump 0x2000";

    /// <summary>A block of one guest instruction with the given IR, and a jump at its end if the text has no terminal.</summary>
    public static IrBlock Of(string body)
    {
        var block = IrParser.Parse($"{Header}{Start}\n{body}", TestRegisters.Names);
        if (!block.Insns[^1].Op.IsTerminal())
            block.Append(IrOp.Jump).Imm = 0x2000;
        IrVerifier.Verify(block, TestRegisters.Names);
        return block;
    }

    /// <summary>The lines of a block without what <see cref="Of"/> adds.</summary>
    public static string BodyOf(IrBlock block) =>
        string.Join('\n', LinesOf(IrPrinter.ToText(block, TestRegisters.Names)).Skip(1).Where(line => line is not (Start or End)));

    /// <summary>The lines of a text without indentation.</summary>
    public static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
