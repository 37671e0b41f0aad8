using System.Globalization;
using System.Text;

namespace Emu.Ir.Text;

/// <summary>The text of a trace: <c>SLOT/SIZE/STREAM/STAMPS</c>, numbers in hexadecimal, and a <c>/VALUE@OFFSET.SIZE</c> for each field.</summary>
internal static class IrTraceText
{
    private const int Numbers = 4;

    /// <summary>Appends the field of a hook.</summary>
    public static void Print(IrTrace trace, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $" trace={trace.Slot:x}/{trace.RecordSize:x}/{trace.Stream:x}/{trace.StampWord:x}");
        foreach (var (value, offset, size) in trace.Fields)
            text.Append(CultureInfo.InvariantCulture, $"/{value}@{offset:x}.{size:x}");
    }

    /// <summary>Reads what stands behind <c>trace=</c>.</summary>
    public static IrTrace Parse(IrScanner line)
    {
        line.MarkToken();
        var parts = line.Symbol("a trace").Split('/');
        if (parts.Length < Numbers)
            throw line.Error("a trace has a slot, a size, a stream and a place of stamps");
        var fields = new IrTraceField[parts.Length - Numbers];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = FieldOf(parts[Numbers + i], line);
        return new IrTrace { Slot = (int)NumberOf(parts[0], line), RecordSize = (int)NumberOf(parts[1], line), Stream = NumberOf(parts[2], line), StampWord = NumberOf(parts[3], line), Fields = fields };
    }

    private static IrTraceField FieldOf(string text, IrScanner line)
    {
        var parts = text.Split('@', '.');
        return parts.Length == 3 && Enum.TryParse<IrTraceValue>(parts[0], out var value)
            ? new IrTraceField(value, (int)NumberOf(parts[1], line), (int)NumberOf(parts[2], line))
            : throw line.Error($"'{text}' is no field of a trace");
    }

    private static nint NumberOf(string digits, IrScanner line) =>
        nint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : throw line.Error($"'{digits}' is no number");
}
