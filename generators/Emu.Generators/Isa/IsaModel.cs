using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>The tables, understood and checked. Built from equal files it is equal, so it is made inside the output step.</summary>
internal sealed class IsaModel
{
    private readonly List<IsaProblem> _problems = [];
    private readonly Dictionary<string, OperandRow> _operands = [];
    private readonly Dictionary<string, Format> _formats = [];
    private readonly List<InstructionRow> _rows = [];
    private readonly List<CsrRow> _csrs = [];
    private readonly List<ExtensionRow> _extensions = [];

    public IsaModel(EquatableArray<IsaFile> files)
    {
        ReadOperands(files.Where(static file => file.Name == IsaFile.Operands).SelectMany(static file => file.Rows));
        ReadFormats(files.Where(static file => file.Name == IsaFile.Formats).SelectMany(static file => file.Rows));
        ReadExtensions(files.Where(static file => file.Name == IsaFile.Extensions).SelectMany(static file => file.Rows));
        ReadCsrs(files.Where(static file => file.Name == IsaFile.Csrs).SelectMany(static file => file.Rows));
        var reader = new InstructionReader(_operands, _formats, _problems);
        HashSet<string> names = [];
        foreach (var row in files.Where(static file => file.HasInstructions).SelectMany(static file => file.Rows))
            if (reader.Read(row) is not { } instruction)
                continue;
            else if (instruction.Kind != RowKind.Alias && !names.Add(instruction.MethodName))
                _problems.Add(new IsaProblem(IsaProblem.DuplicateName, row, "the name is taken"));
            else
                _rows.Add(instruction);
        IsaLinker.Link(_rows, _problems);
        if (_extensions.Count > 0)
            _rows.RemoveAll(HasUnknownExtension);
        Instructions = IsaChecks.WithoutOverlaps(_rows.Where(static row => row.Kind != RowKind.Alias), _problems);
    }

    public IReadOnlyList<IsaProblem> Problems => _problems;

    public IReadOnlyList<CsrRow> Csrs => _csrs;

    /// <summary>The extensions that can be switched; none if the tables have no extensions.isa: then everything is always there.</summary>
    public IReadOnlyList<ExtensionRow> Extensions => _extensions;

    public IEnumerable<Format> Formats => _formats.Values;

    /// <summary>What can be decoded: base and compressed rows, in the order of the tables.</summary>
    public IReadOnlyList<InstructionRow> Instructions { get; }

    /// <summary>Rows with semantics.</summary>
    public IEnumerable<InstructionRow> Bases => Instructions.Where(static row => row.Kind == RowKind.Base);

    /// <summary>The aliases of a row, in the order of the tables.</summary>
    public IEnumerable<InstructionRow> AliasesOf(InstructionRow row) =>
        _rows.Where(alias => alias.Kind == RowKind.Alias && alias.Target == row);

    /// <summary>Extensions as bits of a word; names that are not in the table have none.</summary>
    public ulong SetOf(IEnumerable<string> names) => names.Aggregate(0UL, (set, name) => set | (ExtensionNamed(name)?.Bit ?? 0));

    private ExtensionRow? ExtensionNamed(string name) => _extensions.Find(extension => extension.Name == name);

    private bool HasUnknownExtension(InstructionRow row)
    {
        if (row.Kind == RowKind.Alias || row.Extensions.Concat(row.Properties.With).FirstOrDefault(name => ExtensionNamed(name) is null) is not { } unknown)
            return false;
        _problems.Add(new IsaProblem(IsaProblem.UnknownExtension, row.Row, $"extensions.isa has no '{unknown}'"));
        return true;
    }

    private void ReadExtensions(IEnumerable<TableRow> rows)
    {
        foreach (var row in rows.Select((row, number) => new ExtensionRow(row, number)))
            if (row.Error is { } error)
                _problems.Add(new IsaProblem(IsaProblem.BadRow, row.Row, error));
            else if (ExtensionNamed(row.Name) is not null)
                _problems.Add(new IsaProblem(IsaProblem.DuplicateName, row.Row, "the extension is there already"));
            else
                _extensions.Add(row);
        foreach (var row in _extensions)
            if (row.Needs.FirstOrDefault(name => name != "-" && ExtensionNamed(name) is null) is { } unknown)
                _problems.Add(new IsaProblem(IsaProblem.UnknownExtension, row.Row, $"extensions.isa has no '{unknown}'"));
    }

    private void ReadOperands(IEnumerable<TableRow> rows)
    {
        foreach (var row in rows)
        {
            var operand = new OperandRow(row);
            if (operand.Error is { } error)
                _problems.Add(new IsaProblem(IsaProblem.BadRow, row, error));
            else if (_operands.ContainsKey(operand.Name))
                _problems.Add(new IsaProblem(IsaProblem.DuplicateName, row, "the operand is there already"));
            else
                _operands.Add(operand.Name, operand);
        }
    }

    private void ReadFormats(IEnumerable<TableRow> rows)
    {
        foreach (var row in rows)
            if (_formats.ContainsKey(row[0]))
                _problems.Add(new IsaProblem(IsaProblem.DuplicateName, row, "the format is there already"));
            else if (Format.Parse(row, _operands, out var error) is { } format)
                _formats.Add(format.Name, format);
            else
                _problems.Add(new IsaProblem(IsaProblem.BadRow, row, error!));
    }

    private void ReadCsrs(IEnumerable<TableRow> rows)
    {
        HashSet<uint> numbers = [];
        foreach (var row in rows.Select(static row => new CsrRow(row)))
            if (row.Error is { } error)
                _problems.Add(new IsaProblem(IsaProblem.BadRow, row.Row, error));
            else if (row.Extension is { } extension && _extensions.Count > 0 && ExtensionNamed(extension) is null)
                _problems.Add(new IsaProblem(IsaProblem.UnknownExtension, row.Row, $"extensions.isa has no '{extension}'"));
            else if (!row.Registers().All(register => numbers.Add(register.Number)))
                _problems.Add(new IsaProblem(IsaProblem.DuplicateName, row.Row, "the number is taken"));
            else
                _csrs.Add(row);
    }
}
