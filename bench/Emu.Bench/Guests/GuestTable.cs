using System.Globalization;

namespace Emu.Bench.Guests;

/// <summary>Reads the table of bench guests.</summary>
internal static class GuestTable
{
    /// <summary>The guests of <c>bench/guests/guests.txt</c>, in its order.</summary>
    public static List<BenchGuest> Read(string repository)
    {
        var folder = Path.Combine(repository, "bench", "guests");
        var guests = new List<BenchGuest>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "guests.txt")))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            if (words.Length != 4)
                throw new FormatException($"guests.txt: '{line}' does not have four columns");
            guests.Add(new BenchGuest(words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture),
                long.Parse(words[3], CultureInfo.InvariantCulture), Path.Combine(folder, "bin", words[0])));
        }

        return guests;
    }

    /// <summary>The guests of these names, or all if there are none, of one set or of <c>all</c>.</summary>
    /// <exception cref="ArgumentException">No guest has such a name.</exception>
    public static List<BenchGuest> Choose(List<BenchGuest> all, string[] names, string set)
    {
        foreach (var name in names)
            if (all.TrueForAll(g => g.Name != name))
                throw new ArgumentException($"no guest is named '{name}'; there are {string.Join(", ", all.Select(g => g.Name))}");
        return all.FindAll(g => (names.Length == 0 || names.Contains(g.Name)) && (set == "all" || g.Set == set));
    }

    /// <summary>The folder that holds <c>Emu.sln</c>, upwards from where this program lies.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Emu.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("Emu.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
