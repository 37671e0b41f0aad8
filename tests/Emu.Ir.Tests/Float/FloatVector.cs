using System.Globalization;
using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary>One call of a floating-point op, in the text form of <c>tests/guests/float/float-vectors.c</c>.</summary>
internal readonly record struct FloatVector(IrOp Op, int Size, IrRounding Mode, ulong A, ulong B, ulong C)
{
    private const string OpPrefix = "Float";

    /// <summary>Every floating-point op with each size that it has.</summary>
    public static IEnumerable<(IrOp Op, int Size)> AllOps() =>
        from op in Enum.GetValues<IrOp>()
        where op.ToString().StartsWith(OpPrefix, StringComparison.Ordinal)
        from size in new[] { 2, 4, 8 }
        where IsPossible(op, size)
        select (op, size);

    /// <summary>Those that the host's unit computes: what there was before half precision and Zfa.</summary>
    public static IEnumerable<(IrOp Op, int Size)> HostOps() => AllOps().Where(static op => op.Size > 2 && op.Op < IrOp.FloatMinimum);

    private static bool IsPossible(IrOp op, int size) => op switch
    {
        IrOp.FloatWiden => size == 4,
        IrOp.FloatNarrow or IrOp.FloatToInt32Modular => size == 8,
        IrOp.FloatFromHalf or IrOp.FloatToHalf => size > 2,
        _ => true,
    };

    public static FloatVector Parse(string line)
    {
        var words = line.Split(' ');
        return new FloatVector(
            Enum.Parse<IrOp>(OpPrefix + words[0]), (int)Hex(words[1]), (IrRounding)Hex(words[2]), Hex(words[3]), Hex(words[4]), Hex(words[5]));
    }

    /// <summary>The result and the flags at the end of a line that the guest wrote.</summary>
    public static (ulong Value, uint Flags) ParseResult(string line)
    {
        var words = line.Split(' ');
        return (Hex(words[6]), (uint)Hex(words[7]));
    }

    public (ulong Value, uint Flags) Evaluate()
    {
        uint flags = 0;
        if (!FloatEvaluator.TryEvaluate(Op, Size, Mode, A, B, C, ref flags, out var value))
            Assert.Fail($"{this} is not evaluated");
        return (value, flags);
    }

    public override string ToString() => $"{Op.ToString()[OpPrefix.Length..]} {Size} {(int)Mode} {A:x} {B:x} {C:x}";

    private static ulong Hex(string word) => ulong.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
