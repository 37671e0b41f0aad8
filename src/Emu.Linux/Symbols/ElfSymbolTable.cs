using System.Text;
using Emu.Linux.Loading;
using Emu.Plugins;

namespace Emu.Linux.Symbols;

/// <summary>The functions and objects of one file, by address and by name. Addresses are the file's. Thread-safe; names are decoded when they are asked for.</summary>
internal sealed class ElfSymbolTable
{
    private const uint Symbols = 2;         // SHT_SYMTAB
    private const uint DynamicSymbols = 11; // SHT_DYNSYM
    private const int ObjectType = 1;
    private const int FunctionType = 2;
    private const int IndirectFunctionType = 10;

    private readonly Row[] _rows;
    private readonly byte[] _names;
    private readonly string?[] _texts;
    private readonly Lazy<Dictionary<string, int>> _byName;

    private ElfSymbolTable(ElfSymbol[] symbols, byte[] names)
    {
        _names = names;
        _rows = Array.ConvertAll(Array.FindAll(symbols, IsNamed), static symbol => new Row(symbol));
        Array.Sort(_rows);
        _texts = new string?[_rows.Length];
        for (var index = 0; index < _rows.Length; index++)
            _rows[index].Size = SizeOf(index);
        _byName = new(IndexNames);
    }

    /// <summary>A file without symbols.</summary>
    public static ElfSymbolTable Empty { get; } = new([], []);

    /// <summary>The whole symbol table of a file or else of the file that holds what was stripped from it, or else the dynamic one.</summary>
    public static ElfSymbolTable Read(ElfSections file, ElfSections? stripped)
    {
        if (file.TryReadSymbols(Symbols, out var symbols, out var names) || (stripped?.TryReadSymbols(Symbols, out symbols, out names) ?? false)
            || file.TryReadSymbols(DynamicSymbols, out symbols, out names))
            return new ElfSymbolTable(symbols, names);
        return Empty;
    }

    /// <summary>All of them, by address.</summary>
    public IEnumerable<ElfSymbolEntry> All
    {
        get
        {
            for (var row = 0; row < _rows.Length; row++)
                yield return EntryOf(row);
        }
    }

    /// <summary>What lies at an address.</summary>
    public bool TryFind(ulong address, out ElfSymbolEntry found)
    {
        var (low, high) = (0, _rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        if (low > 0 && address - _rows[low - 1].Start < _rows[low - 1].Size)
            return Tell(low - 1, out found);
        found = default;
        return false;
    }

    /// <summary>What has that name.</summary>
    public bool TryFind(string name, out ElfSymbolEntry found)
    {
        found = default;
        return _byName.Value.TryGetValue(name, out var row) && Tell(row, out found);
    }

    private bool Tell(int row, out ElfSymbolEntry found)
    {
        found = EntryOf(row);
        return true;
    }

    private ElfSymbolEntry EntryOf(int row) => new(_texts[row] ??= NameAt(_rows[row].Name), _rows[row].Start, _rows[row].Size, _rows[row].Kind);

    /// <summary>Of several with one name, as local functions may be, the one that other files can see.</summary>
    private Dictionary<string, int> IndexNames()
    {
        var index = new Dictionary<string, int>(_rows.Length);
        for (var row = 0; row < _rows.Length; row++)
        {
            var name = NameAt(_rows[row].Name);
            if (!index.TryGetValue(name, out var other) || _rows[row].Rank > _rows[other].Rank)
                index[name] = row;
        }

        return index;
    }

    private bool IsNamed(ElfSymbol symbol) =>
        (symbol.Info & 15) is ObjectType or FunctionType or IndirectFunctionType && symbol.Section != 0 && symbol.Name < _names.Length && _names[symbol.Name] != 0;

    /// <summary>Functions written in assembly often have no size: they reach to the next one.</summary>
    private ulong SizeOf(int index)
    {
        ref readonly var row = ref _rows[index];
        if (row.Size > 0 || row.Kind == SymbolKind.Object)
            return Math.Max(row.Size, 1);
        for (var next = index + 1; next < _rows.Length; next++)
            if (_rows[next].Start > row.Start)
                return _rows[next].Start - row.Start;
        return 1;
    }

    private string NameAt(uint offset)
    {
        var text = _names.AsSpan((int)offset);
        var length = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? text : text[..length]);
    }

    private struct Row(ElfSymbol symbol) : IComparable<Row>
    {
        public readonly ulong Start = symbol.Value;
        public ulong Size = symbol.Size;
        public readonly uint Name = symbol.Name;
        private readonly byte _info = symbol.Info;

        public readonly SymbolKind Kind => (_info & 15) == ObjectType ? SymbolKind.Object : SymbolKind.Function;

        /// <summary>Local 0, weak 1, global 2: of several names for one place, the one that other files use is told.</summary>
        public readonly int Rank => (_info >> 4) switch { 0 => 0, 1 => 2, _ => 1 };

        public readonly int CompareTo(Row other) =>
            Start != other.Start ? Start.CompareTo(other.Start) :
            Rank != other.Rank ? Rank.CompareTo(other.Rank) :
            other.Name.CompareTo(Name);
    }
}
