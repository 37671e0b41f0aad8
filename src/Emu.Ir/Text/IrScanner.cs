using System.Globalization;
using System.Text;

namespace Emu.Ir.Text;

/// <summary>Reads the tokens of one line; spaces between them mean nothing.</summary>
internal sealed class IrScanner(string text, int line)
{
    private int _position;
    private int _token;

    /// <summary>True if only spaces are left.</summary>
    public bool AtEnd
    {
        get
        {
            SkipSpaces();
            return _position == text.Length;
        }
    }

    /// <summary>An error at the token that was marked last.</summary>
    public IrParseException Error(string reason) => new(reason, line, _token + 1);

    /// <summary>Makes the next token the one that an error names.</summary>
    public void MarkToken()
    {
        SkipSpaces();
        _token = _position;
    }

    /// <summary>Goes past <paramref name="mark"/> if it comes next.</summary>
    public bool Accept(char mark)
    {
        SkipSpaces();
        if (_position == text.Length || text[_position] != mark)
            return false;
        _position++;
        return true;
    }

    /// <summary>Goes past <paramref name="mark"/>, which must come next.</summary>
    public void Expect(char mark)
    {
        if (!Accept(mark))
            throw new IrParseException($"'{mark}' expected", line, _position + 1);
    }

    /// <summary>A name: letters, digits and underscores.</summary>
    public string Word(string what) => Run(what, letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Everything up to a space or comma.</summary>
    public string Symbol(string what) => Run(what, letter => letter is not (' ' or ','));

    /// <summary>A hexadecimal (<c>0x…</c>) or decimal number with an optional minus, modulo 2^64.</summary>
    public ulong Number()
    {
        MarkToken();
        var isNegative = Accept('-');
        var digits = Run("a number", char.IsAsciiLetterOrDigit);
        var isRead = digits.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!isRead)
            throw Error($"'{digits}' is no number of 64 bits");
        return isNegative ? 0 - value : value;
    }

    /// <summary>A number from 0 to <paramref name="maximum"/>.</summary>
    public int Number(int maximum)
    {
        var value = Number();
        return value <= (ulong)maximum ? (int)value : throw Error($"0 to {maximum} expected");
    }

    /// <summary>The name of a value of an enumeration.</summary>
    public T Enum<T>(string what)
        where T : struct, Enum
    {
        MarkToken();
        var word = Word(what);
        return char.IsAsciiLetter(word[0]) && System.Enum.TryParse<T>(word, out var value) ? value : throw Error($"'{word}' is not {what}");
    }

    /// <summary>A text between double quotes; a backslash takes the next character as it is.</summary>
    public string Quoted()
    {
        MarkToken();
        Expect('"');
        var content = new StringBuilder();
        for (; _position < text.Length && text[_position] != '"'; _position++)
        {
            if (text[_position] == '\\' && _position + 1 < text.Length)
                _position++;
            content.Append(text[_position]);
        }

        if (_position == text.Length)
            throw Error("the closing '\"' is missing");
        _position++;
        return content.ToString();
    }

    /// <summary>The next character that is no space; a null character at the end.</summary>
    public char Peek()
    {
        SkipSpaces();
        return _position == text.Length ? '\0' : text[_position];
    }

    private string Run(string what, Func<char, bool> belongs)
    {
        SkipSpaces();
        var start = _position;
        while (_position < text.Length && belongs(text[_position]))
            _position++;
        return _position > start ? text[start.._position] : throw new IrParseException($"{what} expected", line, start + 1);
    }

    private void SkipSpaces()
    {
        while (_position < text.Length && text[_position] == ' ')
            _position++;
    }
}
