using System.Globalization;
using System.Text;

namespace Emu.Linux.Trace;

/// <summary>One line of a trace while it is written, in the manner of strace(1).</summary>
internal sealed class TraceLine
{
    /// <summary>Longer texts are cut, as <c>strace -s 32</c> does.</summary>
    private const int MaxText = 32;

    private readonly StringBuilder _text = new();
    private bool _first;

    public TraceLine(string name, long result)
    {
        Result = result;
        _text.Append(name).Append('(');
        _first = true;
    }

    /// <summary>The call's result: how much of a buffer is worth printing.</summary>
    public long Result { get; }

    /// <summary>Goes to the next argument.</summary>
    public TraceLine Next()
    {
        if (!_first)
            _text.Append(", ");
        _first = false;
        return this;
    }

    public TraceLine Number(long value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    public TraceLine Number(ulong value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    public TraceLine Text(string text)
    {
        _text.Append(text);
        return this;
    }

    public TraceLine Address(ulong value)
    {
        if (value == 0)
            _text.Append("NULL");
        else
            _text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");
        return this;
    }

    public TraceLine Octal(long value)
    {
        _text.Append(value == 0 ? "0" : "0" + Convert.ToString(value, 8));
        return this;
    }

    /// <summary>A text in quotes with C escapes, cut if it is long.</summary>
    public TraceLine Quoted(ReadOnlySpan<byte> bytes, bool whole = false)
    {
        _text.Append('"');
        foreach (var value in whole ? bytes : bytes[..Math.Min(bytes.Length, MaxText)])
            Escape(value);
        _text.Append('"');
        if (!whole && bytes.Length > MaxText)
            _text.Append("...");
        return this;
    }

    /// <summary>Flags by name; <paramref name="mask"/> covers bits that hold one choice.</summary>
    public void Flags(long value, long mask, ReadOnlySpan<TraceName> names)
    {
        var start = _text.Length;
        if (mask != 0)
            Choice(value & mask, 0, names);
        var rest = value & ~mask;
        foreach (var name in names)
            if ((name.Value & ~mask) != 0 && (name.Value & mask) == 0 && (rest & name.Value) == name.Value)
            {
                Or(start).Append(name.Name);
                rest &= ~name.Value;
            }

        if (rest != 0)
            Or(start).Append(CultureInfo.InvariantCulture, $"0x{rest:x}");
        else if (_text.Length == start)
            Choice(0, 0, names);
    }

    /// <summary>The member with that value, or the number.</summary>
    public void Choice(long value, long mask, ReadOnlySpan<TraceName> names)
    {
        foreach (var name in names)
            if (name.Value == value)
            {
                _text.Append(name.Name);
                return;
            }

        if (value is >= 0 and < 10)
            _text.Append(value);
        else
            _text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");
    }

    /// <summary>Ends the arguments and writes what is after them.</summary>
    public string End(string result) => _text.Append(") = ").Append(result).ToString();

    private StringBuilder Or(int start) => _text.Length > start ? _text.Append('|') : _text;

    private void Escape(byte value) => _ = value switch
    {
        (byte)'\n' => _text.Append("\\n"),
        (byte)'\t' => _text.Append("\\t"),
        (byte)'\r' => _text.Append("\\r"),
        (byte)'"' => _text.Append("\\\""),
        (byte)'\\' => _text.Append("\\\\"),
        >= 0x20 and < 0x7f => _text.Append((char)value),
        _ => _text.Append('\\').Append(Convert.ToString(value, 8)),
    };
}

/// <summary>A value that has a name.</summary>
internal readonly record struct TraceName(long Value, string Name);
