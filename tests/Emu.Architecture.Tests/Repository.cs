namespace Emu.Architecture.Tests;

/// <summary>The checkout that these tests look at, found upwards from where they run.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "out", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".vs"];

    /// <summary>The folder of <c>Emu.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Paths, relative to <see cref="Root"/> and with forward slashes, of the files that belong to the project: what Git
    /// knows, or without Git everything that no build made.
    /// </summary>
    public static IReadOnlyList<string> Files { get; } = TrackedFiles() ?? FilesOnDisk();

    /// <summary>The text of a file given by its relative path.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Emu.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("Emu.sln is in no folder above " + AppContext.BaseDirectory);
    }

    private static List<string>? TrackedFiles()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
            return null;
        try
        {
            var git = (Launch.Of("git", "ls-files", "-z") with { Directory = Root }).Run();
            if (git.Status != 0)
                return null;
            // A file that was deleted but not yet committed is still in the index.
            return git.OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Path.Combine(Root, f))).ToList();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no Git here: FilesOnDisk knows as well
        }
    }

    private static List<string> FilesOnDisk()
    {
        var found = new List<string>();
        Walk(new DirectoryInfo(Root), "");
        return found;

        void Walk(DirectoryInfo folder, string prefix)
        {
            foreach (var file in folder.EnumerateFiles())
                found.Add(prefix + file.Name);
            foreach (var child in folder.EnumerateDirectories())
                if (!Built.Contains(child.Name) || (prefix + child.Name).EndsWith("guests/bin", StringComparison.Ordinal))
                    Walk(child, prefix + child.Name + "/");
        }
    }
}
