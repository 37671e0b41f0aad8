using Emu.Engine.Contracts;

namespace Emu.Guest.RiscV;

/// <summary>Sets of extensions as bits of a word, by name and in words.</summary>
internal static class CpuSets
{
    /// <summary>The name of the set of everything that is implemented, and what a guest has unless told otherwise.</summary>
    public const string Default = "max";

    /// <summary>The sets of <c>Isa/extensions.isa</c>, each a part of the next.</summary>
    public static readonly string[] Names = ["rv64gc", "rva20u64", "rva22u64", "rva23u64", Default];

    /// <summary>The set of one extension.</summary>
    public static ulong Bit(Extension extension) => 1UL << (int)extension;

    /// <summary>The extensions of a set, those that are missing here included.</summary>
    public static ulong Named(string name)
    {
        var (set, last) = (0UL, Array.IndexOf(Names, name));
        for (var number = 0; number < ExtensionTables.Since.Length; number++)
            if (Array.IndexOf(Names, ExtensionTables.Since[number]) <= last)
                set |= 1UL << number;
        return set;
    }

    /// <summary>The extensions of a set that are implemented.</summary>
    public static ulong Implemented(ulong set)
    {
        for (var number = 0; number < ExtensionTables.Missing.Length; number++)
            if (ExtensionTables.Missing[number])
                set &= ~(1UL << number);
        return set;
    }

    /// <summary>The set with everything that its extensions need.</summary>
    public static ulong WithNeeds(ulong set)
    {
        for (var before = 0UL; before != set;)
        {
            before = set;
            for (var number = 0; number < ExtensionTables.Needs.Length; number++)
                if ((set >> number & 1) != 0)
                    set |= ExtensionTables.Needs[number];
        }

        return set;
    }

    /// <summary>The set without the extensions that need something it does not have.</summary>
    public static ulong WithoutDependents(ulong set)
    {
        for (var before = 0UL; before != set;)
        {
            before = set;
            for (var number = 0; number < ExtensionTables.Needs.Length; number++)
                if ((ExtensionTables.Needs[number] & ~set) != 0)
                    set &= ~(1UL << number);
        }

        return set;
    }

    /// <summary>The extensions of a set in words and numbers.</summary>
    public static List<GuestExtension> Describe(ulong set)
    {
        List<GuestExtension> extensions = [];
        for (var number = 0; number < ExtensionTables.Names.Length; number++)
            if ((set >> number & 1) != 0)
                extensions.Add(new GuestExtension(ExtensionTables.Names[number], ExtensionTables.Probes[number]));
        return extensions;
    }

    /// <summary>The names of a set's extensions, each behind <paramref name="prefix"/>, with commas between.</summary>
    public static string List(ulong set, string prefix = "") =>
        string.Join(prefix.Length == 0 ? ", " : ",", Describe(set).ConvertAll(extension => prefix + extension.Name));
}
