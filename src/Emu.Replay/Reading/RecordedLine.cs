using System.Globalization;
using System.Text;
using Emu.Plugins;

namespace Emu.Replay.Reading;

/// <summary>A line of a recording, of which words are taken one after the other.</summary>
internal ref struct RecordedLine
{
    private readonly Recording _recording;
    private readonly int _number;
    private ReadOnlySpan<char> _rest;

    public RecordedLine(Recording recording, int number, string text)
    {
        _recording = recording;
        _number = number;
        _rest = text;
        Skip();
    }

    /// <summary>True if no word is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next word.</summary>
    /// <param name="what">What it is, for messages.</param>
    public ReadOnlySpan<char> Word(string what)
    {
        if (IsAtEnd)
            throw Fail($"{what} is missing");
        var length = _rest.IndexOfAny(' ', '\t');
        var word = length < 0 ? _rest : _rest[..length];
        _rest = _rest[word.Length..];
        Skip();
        return word;
    }

    /// <summary>The next word, a number: decimal, or hexadecimal behind <c>0x</c>.</summary>
    public ulong Number(string what)
    {
        var word = Word(what);
        return TryParse(word, out var number) ? number : throw Fail($"{what} is '{word}', which is no number");
    }

    /// <summary>The next word, a number that is not large, such as that of a vCPU.</summary>
    public int Count(string what)
    {
        var number = Number(what);
        return number <= int.MaxValue ? (int)number : throw Fail($"{what} is {number}, which is too large");
    }

    /// <summary>The next word, a number with or without a sign.</summary>
    public long Signed(string what)
    {
        var word = Word(what);
        return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Fail($"{what} is '{word}', which is no number");
    }

    /// <summary>The next word, a name: <c>%</c> and two hexadecimal digits are a byte, <c>-</c> is the empty name.</summary>
    public string Name(string what)
    {
        var word = Word(what);
        if (word is "-")
            return "";
        if (!word.Contains('%'))
            return word.ToString();
        var bytes = new List<byte>();
        for (var rest = word; rest.Length > 0;)
        {
            if (rest[0] != '%')
            {
                var plain = rest.IndexOf('%') is >= 0 and var end ? rest[..end] : rest;
                bytes.AddRange(Encoding.UTF8.GetBytes(plain.ToString()));
                rest = rest[plain.Length..];
                continue;
            }

            if (rest.Length < 3 || !byte.TryParse(rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                throw Fail($"{what} is '{word}', in which two hexadecimal digits do not stand behind each %");
            bytes.Add(value);
            rest = rest[3..];
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The next word, rights as <c>r-x</c>, and behind these <c>p</c> or <c>s</c> where mappings are private or shared.</summary>
    public (MapRights Rights, bool IsShared) Rights(string what)
    {
        var word = Word(what);
        if (word.Length is not (3 or 4) || word[0] is not ('r' or '-') || word[1] is not ('w' or '-') || word[2] is not ('x' or '-') || (word.Length == 4 && word[3] is not ('p' or 's')))
            throw Fail($"{what} is '{word}'; allowed: rwx with - for what is not allowed, and p or s behind it");
        var rights = (word[0] == 'r' ? MapRights.Read : 0) | (word[1] == 'w' ? MapRights.Write : 0) | (word[2] == 'x' ? MapRights.Execute : 0);
        return (rights, word.Length == 4 && word[3] == 's');
    }

    /// <summary>Nothing may follow.</summary>
    public readonly void End()
    {
        if (!IsAtEnd)
            throw Fail($"nothing may stand behind what is there, but '{_rest}' does");
    }

    /// <summary>The failure that the line is.</summary>
    public readonly RecordingException Fail(string why) => _recording.Fail(_number, why);

    private static bool TryParse(ReadOnlySpan<char> word, out ulong number) => word.StartsWith("0x")
        ? ulong.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private void Skip()
    {
        _rest = _rest.TrimStart();
        if (_rest.StartsWith('#'))
            _rest = [];
    }
}
