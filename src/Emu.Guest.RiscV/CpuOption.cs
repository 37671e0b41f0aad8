namespace Emu.Guest.RiscV;

/// <summary>The text of <c>--cpu</c>: a set's name and changes to it, in order, such as <c>rva22u64,+zicond,-zbb</c>.</summary>
public static class CpuOption
{
    /// <summary>What a guest has unless told otherwise: everything that is implemented.</summary>
    public const string Default = CpuSets.Default;

    /// <summary>The sets that a text may begin with, each a part of the next.</summary>
    public static IReadOnlyList<string> Sets => CpuSets.Names;

    /// <summary>Understands a text; false with what is wrong, in words that list what there is.</summary>
    public static bool TryParse(string text, out CpuModel cpu, out string error)
    {
        cpu = CpuModel.Max;
        var words = text.Split(',');
        if (Array.IndexOf(CpuSets.Names, words[0]) < 0)
        {
            error = $"unknown CPU '{words[0]}'; there are: {string.Join(", ", CpuSets.Names)}";
            return false;
        }

        var set = CpuSets.Named(words[0]);
        if (words[0] == Default)
            set = CpuSets.Implemented(set);
        foreach (var word in words.AsSpan(1))
            if (!TryChange(ref set, word, out error))
                return false;
        error = Complain(text, set & ~CpuSets.Implemented(set));
        if (error.Length == 0)
            cpu = new CpuModel(set);
        return error.Length == 0;
    }

    private static bool TryChange(ref ulong set, string word, out string error)
    {
        var number = word.Length > 1 ? Array.IndexOf(ExtensionTables.Names, word[1..]) : -1;
        var known = number > (int)Extension.I && word[0] is ('+' or '-');
        error = known ? "" : $"'{word}' is neither +NAME nor -NAME of an extension; there are: {CpuSets.List(CpuModel.Max.All & ~CpuSets.Bit(Extension.I))}";
        if (known)
            set = word[0] == '+' ? CpuSets.WithNeeds(set | (1UL << number)) : CpuSets.WithoutDependents(set & ~(1UL << number));
        return known;
    }

    /// <summary>The extensions with which the others of a set go.</summary>
    private static ulong Roots(ulong set)
    {
        var roots = set;
        for (var number = 0; number < ExtensionTables.Needs.Length; number++)
            if ((ExtensionTables.Needs[number] & set) != 0)
                roots &= ~(1UL << number);
        return roots;
    }

    private static string Complain(string text, ulong missing) => missing == 0
        ? ""
        : $"the CPU '{text}' has {CpuSets.List(missing)}, which this build does not implement; without: {text},{CpuSets.List(Roots(missing), "-")}";
}
