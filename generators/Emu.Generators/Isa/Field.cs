using System.Globalization;
using System.Text.RegularExpressions;

namespace Emu.Generators.Isa;

/// <summary>Some bits of an operand and where they stand: value bits from <paramref name="Value"/> up in instruction bits from <paramref name="Bit"/> up.</summary>
internal sealed record FieldSlice(int Value, int Bit, int Width)
{
    public uint Ones => Width == 32 ? uint.MaxValue : (1u << Width) - 1;

    public uint Mask => Ones << Bit;
}

/// <summary>An operand in a format: its slices, and what is added to it.</summary>
internal sealed record Field(OperandRow Operand, IReadOnlyList<FieldSlice> Slices, uint Bias)
{
    private static readonly Regex Notation = new(@"^(\w+)(?:\[([\d:,]+)\])?@(\d+):(\d+)(?:\+(\d+))?$");

    public string Name => Operand.Name;

    public string PropertyName => Names.Pascal(Name);

    /// <summary>The instruction bits it covers.</summary>
    public uint Mask => Slices.Aggregate(0u, static (mask, slice) => mask | slice.Mask);

    /// <summary>Number of value bits, with the low ones that are always zero.</summary>
    public int Width => Slices.Max(static slice => slice.Value + slice.Width);

    /// <summary>The operand's name and slices of one word of a format, or an error.</summary>
    public static (string Name, List<FieldSlice> Slices, uint Bias, string? Error) Parse(string word)
    {
        var match = Notation.Match(word);
        if (!match.Success)
            return ("", [], 0, $"'{word}' is no field");
        var (high, low) = (Number(match.Groups[3]), Number(match.Groups[4]));
        var pieces = match.Groups[2].Success ? match.Groups[2].Value : $"{high - low}:0";
        List<FieldSlice> slices = [];
        var bit = high + 1;
        foreach (var piece in pieces.Split(','))
        {
            var ends = piece.Split(':').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var width = ends[0] - ends[ends.Length - 1] + 1;
            bit -= width;
            slices.Add(new FieldSlice(ends[ends.Length - 1], bit, width));
        }

        var bias = match.Groups[5].Success ? (uint)Number(match.Groups[5]) : 0;
        var error = bit != low || high > 31 || slices.Any(static slice => slice.Width < 1)
            ? $"the pieces of '{word}' do not fill bits {high} to {low}" : null;
        return (match.Groups[1].Value, slices, bias, error);
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>The operand as a C# expression over the uint <paramref name="bits"/>.</summary>
    public string Decode(string bits)
    {
        var raw = string.Join(" | ", Slices.Select(slice => Shift($"({bits} & 0x{slice.Mask:X}u)", slice.Value - slice.Bit)));
        return Operand.Type switch
        {
            "uint" => raw,
            "int" => Width == 32 ? $"(int)({raw})" : $"(int)(({raw}) << {32 - Width}) >> {32 - Width}",
            _ => $"({Operand.Type})({(Bias == 0 ? raw : $"({raw}) + {Bias}")})",
        };
    }

    /// <summary>The instruction bits as a C# expression over the operand's value.</summary>
    public string Encode(string value)
    {
        var number = Bias == 0 ? $"(uint){value}" : $"((uint){value} - {Bias}u)";
        return string.Join(" | ", Slices.Select(slice => $"({Shift(number, slice.Bit - slice.Value)} & 0x{slice.Mask:X}u)"));
    }

    private static string Shift(string expression, int left) =>
        left == 0 ? expression : left > 0 ? $"({expression} << {left})" : $"({expression} >> {-left})";

    /// <summary>The instruction bits for a fixed value.</summary>
    public uint Encode(uint value) =>
        Slices.Aggregate(0u, (bits, slice) => bits | ((((value - Bias) >> slice.Value) & slice.Ones) << slice.Bit));
}
