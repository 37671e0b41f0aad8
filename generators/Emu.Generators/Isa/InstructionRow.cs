using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>What a row is.</summary>
internal enum RowKind
{
    /// <summary>An instruction with semantics.</summary>
    Base,
    /// <summary>A compressed instruction that expands to a base one.</summary>
    Compressed,
    /// <summary>Another text for an instruction.</summary>
    Alias,
}

/// <summary>A condition of <c>where=</c>: a field against a number or, in aliases, another field.</summary>
internal sealed record Condition(Field Left, bool Equal, Field? Right, uint Number);

/// <summary>A row of an instruction table, understood; only rows without problems become one.</summary>
internal sealed record InstructionRow(
    TableRow Row,
    RowKind Kind,
    Format Format,
    IReadOnlyList<Field> Operands,
    BitPattern Pattern,
    RowProperties Properties,
    IReadOnlyList<Condition> Conditions)
{
    public string Name => Row[0];

    /// <summary>The extensions of which any one brings it: its file's, and those of <c>or=</c>.</summary>
    public IEnumerable<string> Extensions => Properties.Or.Prepend(FileExtension);

    /// <summary>What its file's name says behind the base's width: <c>zba</c> of <c>rv_zba.isa</c>.</summary>
    private string FileExtension => Path.GetFileNameWithoutExtension(Row.Path) is var file ? file.Substring(file.IndexOf('_') + 1) : "";

    /// <summary>The enum member and the semantics method.</summary>
    public string MethodName => Names.Pascal(Name);

    /// <summary>Set after all rows are read: what an alias or compressed row stands for.</summary>
    public InstructionRow? Target { get; set; }

    /// <summary>Set after all rows are read: the wider row of <c>over=</c>.</summary>
    public InstructionRow? Over { get; set; }

    /// <summary>The row that has the semantics.</summary>
    public InstructionRow Base => Kind == RowKind.Compressed ? Target! : this;

    /// <summary>The operand list as it is printed, without suffix and tail operands.</summary>
    public string Text => Row[5].Length > 0
        ? Row[5]
        : string.Join(",", Operands.Where(static operand => operand.Operand.Place == OperandPlace.List).Select(static operand => operand.Name));

    /// <summary>The encodings that are reserved because a condition fails, as patterns within this one's.</summary>
    public IEnumerable<(uint Mask, uint Match)> Exclusions => Conditions
        .Where(static condition => condition.Right is null && !condition.Equal)
        .Select(static condition => (condition.Left.Mask, condition.Left.Encode(condition.Number)));

    /// <summary>True if a word that fits both patterns cannot meet the conditions of this row.</summary>
    public bool IsExcludedIn(uint mask, uint match) =>
        Exclusions.Any(exclusion => (exclusion.Mask & ~mask) == 0 && (match & exclusion.Mask) == exclusion.Match);

    /// <summary>True if this row is decoded before the other, directly or through other rows.</summary>
    public bool IsOver(InstructionRow other) => Over is not null && (Over == other || Over.IsOver(other));

    public bool Equals(InstructionRow? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Row.GetHashCode();
}
