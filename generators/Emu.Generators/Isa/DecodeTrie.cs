namespace Emu.Generators.Isa;

/// <summary>
/// The decision tree of the decoder. A node is a header and its children: the header says which instruction bits select the
/// child (shift in its low five bits, mask above), a child is another node's place or, with <see cref="Leaf"/>, a row.
/// </summary>
internal sealed class DecodeTrie
{
    /// <summary>Set in a child that is a row: 0 for no instruction, else the row's place plus one.</summary>
    public const int Leaf = 0x8000;

    // A node has at most this many selector bits, so that a few rare rows do not blow the table up.
    private const int MaxWidth = 7;

    private readonly IReadOnlyList<InstructionRow> _rows;
    private readonly List<int> _words = [];

    public DecodeTrie(IReadOnlyList<InstructionRow> rows)
    {
        _rows = rows;
        Build([.. Enumerable.Range(0, rows.Count)], 0, 0);
    }

    /// <summary>The tree; the root is at 0.</summary>
    public IReadOnlyList<int> Words => _words;

    private int Build(List<int> candidates, uint mask, uint match)
    {
        if (candidates.Count == 0)
            return Leaf;
        candidates.Sort((a, b) => _rows[a].IsOver(_rows[b]) ? -1 : _rows[b].IsOver(_rows[a]) ? 1 : a - b);
        // The decoder walks from a row that does not fit to the row that it is over.
        if (candidates.Skip(1).Select((row, place) => _rows[candidates[place]].Over == _rows[row]).All(static chained => chained))
            return Leaf | (candidates[0] + 1);
        var (shift, width) = Selector(candidates, mask);
        var place = _words.Count;
        _words.Add(shift | (((1 << width) - 1) << 5));
        for (var i = 0; i < 1 << width; i++)
            _words.Add(Leaf);
        var selected = (uint)((1 << width) - 1) << shift;
        for (var i = 0u; i < 1u << width; i++)
        {
            var (nextMask, nextMatch) = (mask | selected, match | (i << shift));
            var next = candidates.Where(row => Fits(_rows[row], nextMask, nextMatch)).ToList();
            _words[place + 1 + (int)i] = Build(next, nextMask, nextMatch);
        }

        return place;
    }

    private static bool Fits(InstructionRow row, uint mask, uint match) =>
        ((row.Pattern.Match ^ match) & row.Pattern.Mask & mask) == 0 && !row.IsExcludedIn(mask, match);

    /// <summary>The bits to decide on: the widest run that all candidates fix, else the widest that one of them fixes.</summary>
    private (int Shift, int Width) Selector(List<int> candidates, uint known)
    {
        var all = candidates.Aggregate(~known, (bits, row) => bits & _rows[row].Pattern.Mask);
        var varying = candidates.Aggregate(0u, (bits, row) => bits | ((_rows[row].Pattern.Match ^ _rows[candidates[0]].Pattern.Match) & all));
        if (varying == 0)
            varying = candidates.Aggregate(0u, (bits, row) => bits | _rows[row].Pattern.Mask) & ~known;
        var best = (Shift: 0, Width: 0);
        for (var shift = 0; shift < 32; shift++)
        {
            var width = 0;
            while (width < MaxWidth && shift + width < 32 && ((varying >> (shift + width)) & 1) != 0)
                width++;
            if (width > best.Width)
                best = (shift, width);
        }

        return best.Width > 0 ? best : throw new InvalidOperationException("rows that overlap reached the decode trie");
    }
}
