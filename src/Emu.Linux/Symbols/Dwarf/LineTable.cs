namespace Emu.Linux.Symbols.Dwarf;

/// <summary>Which source line the instructions of a unit come from, by the addresses of the file.</summary>
internal sealed class LineTable
{
    private readonly LineRow[] _rows;
    private readonly string[] _files;
    private readonly LineSequence[] _sequences;
    private readonly SpanMap<LineSequence> _places;

    internal LineTable(LineRow[] rows, LineSequence[] sequences, string[] files)
    {
        (_rows, _sequences, _files) = (rows, sequences, files);
        _places = new([.. Array.ConvertAll(sequences, static sequence => (sequence.Span, sequence))]);
    }

    public static LineTable Empty { get; } = new([], [], []);

    /// <summary>The addresses that it knows.</summary>
    public IReadOnlyList<AddressSpan> Spans => Array.ConvertAll(_sequences, static sequence => sequence.Span);

    /// <summary>All rows that stand for code, each with the address at which it ends.</summary>
    public IEnumerable<(LineRow Row, ulong End)> Rows
    {
        get
        {
            foreach (var sequence in _sequences)
            {
                for (var row = sequence.First; row < sequence.Last; row++)
                    if (_rows[row].Address < _rows[row + 1].Address)
                        yield return (_rows[row], _rows[row + 1].Address);
            }
        }
    }

    /// <summary>Reads the table at an offset of .debug_line; empty if it is broken.</summary>
    /// <param name="sections">The file's debugging information.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="directory">Where the unit was compiled, which names of files may be relative to.</param>
    public static LineTable Read(DwarfSections sections, ulong offset, string directory)
    {
        var reader = new DwarfReader(sections.Lines, offset);
        return LineHeader.TryRead(ref reader, sections, directory, out var header) ? new LineProgram(header).Run(reader) : Empty;
    }

    /// <summary>The name of a file; empty if there is none of that number.</summary>
    public string FileOf(ulong number) => number < (ulong)_files.Length ? _files[number] : "";

    /// <summary>The row that an address belongs to.</summary>
    public bool TryFind(ulong address, out LineRow found)
    {
        foreach (var sequence in _places.At(address))
        {
            found = _rows[LastAtOrBelow(sequence, address)];
            return true;
        }

        found = default;
        return false;
    }

    private int LastAtOrBelow(in LineSequence sequence, ulong address)
    {
        var (low, high) = (sequence.First, sequence.Last);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Address <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}

/// <summary>From its address to that of the next row, instructions come from this line.</summary>
/// <param name="Address">The first address, as the file has it.</param>
/// <param name="File">The number of the source file.</param>
/// <param name="Line">From 1; 0 for code of no line.</param>
/// <param name="Column">From 1; 0 if it is not known.</param>
internal readonly record struct LineRow(ulong Address, uint File, uint Line, uint Column);

/// <summary>Rows of code that lies in one piece, by rising addresses.</summary>
/// <param name="Span">The addresses of the code.</param>
/// <param name="First">The number of its first row.</param>
/// <param name="Last">The number of the row that only tells where it ends.</param>
internal readonly record struct LineSequence(AddressSpan Span, int First, int Last);
