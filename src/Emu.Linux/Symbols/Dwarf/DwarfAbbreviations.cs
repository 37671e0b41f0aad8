using System.Runtime.InteropServices;

namespace Emu.Linux.Symbols.Dwarf;

/// <summary>The shapes of entries that a unit uses, by their codes (DWARF 5, 7.5.3).</summary>
internal sealed class DwarfAbbreviations
{
    private readonly Dictionary<ulong, DwarfAbbreviation> _byCode = [];

    public DwarfAbbreviations(byte[] section, ulong offset)
    {
        var reader = new DwarfReader(section, offset);
        while (reader.Uleb() is not 0 and var code)
            _byCode[code] = DwarfAbbreviation.Read(ref reader);
    }

    /// <summary>The shape of that code, or null.</summary>
    public DwarfAbbreviation? Find(ulong code) => _byCode.GetValueOrDefault(code);
}

/// <summary>The shape of an entry.</summary>
internal sealed class DwarfAbbreviation
{
    private readonly List<DwarfAttributeShape> _attributes = [];

    private DwarfAbbreviation(DwarfTag tag, bool hasChildren) => (Tag, HasChildren) = (tag, hasChildren);

    public DwarfTag Tag { get; }

    public bool HasChildren { get; }

    public ReadOnlySpan<DwarfAttributeShape> Attributes => CollectionsMarshal.AsSpan(_attributes);

    public static DwarfAbbreviation Read(ref DwarfReader reader)
    {
        var abbreviation = new DwarfAbbreviation((DwarfTag)reader.Uleb(), reader.U8() != 0);
        while (!reader.AtEnd)
        {
            var (attribute, form) = ((DwarfAttribute)reader.Uleb(), (DwarfForm)reader.Uleb());
            if (attribute == 0 && form == 0)
                break;
            abbreviation._attributes.Add(new(attribute, form, form == DwarfForm.ImplicitConst ? reader.Sleb() : 0));
        }

        return abbreviation;
    }
}

/// <summary>An attribute of an entry's shape.</summary>
/// <param name="Attribute">What it tells.</param>
/// <param name="Form">How its value is written.</param>
/// <param name="Constant">Its value, if its form says that it stands here.</param>
internal readonly record struct DwarfAttributeShape(DwarfAttribute Attribute, DwarfForm Form, long Constant);
