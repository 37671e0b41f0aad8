namespace Emu.Cli.Tests.Launching;

/// <summary>The checkout that these tests belong to, found upwards from where they run.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>Emu.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of guest programs, from which the recorded cases are run.</summary>
    public static string GuestFolder { get; } = Path.Combine(Root, "tests", "guests");

    /// <summary>Path of a test guest's program.</summary>
    public static string Guest(string name) => Path.Combine(GuestFolder, "bin", name);

    /// <summary>Path of a bench guest's program.</summary>
    public static string BenchGuest(string name) => Path.Combine(Root, "bench", "guests", "bin", name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Emu.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("Emu.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
