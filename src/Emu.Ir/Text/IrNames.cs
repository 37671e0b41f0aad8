using System.Globalization;

namespace Emu.Ir.Text;

/// <summary>
/// Names of globals in the text form. A global without a name is written <c>g</c> and its byte offset (<c>g256</c>).
/// Immutable, so thread-safe.
/// </summary>
public sealed class IrNames
{
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);

    /// <summary>Names for the given byte offsets of the state block; an offset may have one name only, and a name one offset.</summary>
    /// <exception cref="ArgumentException">A name or offset comes twice, or a name is no letter followed by letters, digits and underscores, or has the form <c>g256</c>.</exception>
    public IrNames(IEnumerable<(string Name, int Offset)> registers)
    {
        foreach (var (name, offset) in registers)
        {
            if (!IsName(name))
                throw new ArgumentException($"'{name}' cannot name a register in the text of the IR", nameof(registers));
            _names.Add(offset, name);
            _offsets.Add(name, offset);
        }
    }

    /// <summary>No names: all globals are written by offset.</summary>
    public static IrNames None { get; } = new([]);

    /// <summary>How the global at <paramref name="offset"/> is written.</summary>
    public string NameOf(int offset) =>
        _names.TryGetValue(offset, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"g{offset}");

    /// <summary>The offset of the global that is written as <paramref name="name"/>; false if there is none.</summary>
    public bool TryFind(string name, out int offset) =>
        _offsets.TryGetValue(name, out offset) || TryReadOffset(name, out offset);

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && !TryReadOffset(name, out _)
        && Array.TrueForAll(name.ToCharArray(), letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static bool TryReadOffset(string name, out int offset)
    {
        offset = 0;
        return name.StartsWith('g') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out offset);
    }
}
