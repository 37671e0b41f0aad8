using System.Xml.Linq;

namespace Emu.Architecture.Tests;

/// <summary>A project file with what it references, directly or through the files that it imports.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">Path relative to the repository.</param>
/// <param name="Projects">Names of the referenced projects whose assembly is used.</param>
/// <param name="Generators">Names of the referenced projects that only run in the compiler.</param>
/// <param name="Packages">Names of the referenced packages, without those that only run in the compiler.</param>
internal sealed record Project(string Name, string Path, IReadOnlySet<string> Projects, IReadOnlySet<string> Generators, IReadOnlySet<string> Packages)
{
    /// <summary>Every project of the repository; what a template makes is one elsewhere.</summary>
    public static IReadOnlyList<Project> All { get; } =
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("src/Emu.Templates/emu-", StringComparison.Ordinal)).Select(Load).ToList();

    private static Project Load(string path)
    {
        var projects = new HashSet<string>();
        var generators = new HashSet<string>();
        var packages = new HashSet<string>();
        foreach (var item in SourcesOf(path).SelectMany(f => XDocument.Parse(Repository.Read(f)).Descendants()))
        {
            if (item.Attribute("Include")?.Value is not { } include || include.Contains('@') || include.Contains('%'))
                continue; // an item made from other items: chosen by whoever builds, not a reference of this project
            if (item.Name.LocalName == "ProjectReference")
                (Is(item, "ReferenceOutputAssembly", "false") ? generators : projects).Add(System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));
            if (item.Name.LocalName == "PackageReference" && !Is(item, "PrivateAssets", "all"))
                packages.Add(include);
        }

        return new Project(System.IO.Path.GetFileNameWithoutExtension(path), path, projects, generators, packages);
    }

    /// <summary>The project file, the nearest <c>Directory.Build</c> files above it, and what these import in turn.</summary>
    private static HashSet<string> SourcesOf(string path)
    {
        var found = new HashSet<string>();
        Follow(path);
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets" })
            if (Ancestors(path).Select(folder => folder + name).FirstOrDefault(Repository.Files.Contains) is { } nearest)
                Follow(nearest);
        return found;

        void Follow(string file)
        {
            if (!Repository.Files.Contains(file) || !found.Add(file))
                return;
            foreach (var import in XDocument.Parse(Repository.Read(file)).Descendants().Where(e => e.Name.LocalName == "Import"))
                if (import.Attribute("Project")?.Value is { } target)
                    Follow(Resolve(target, file));
        }
    }

    /// <summary>The folders above a file, innermost first, each empty or ending in a slash.</summary>
    private static IEnumerable<string> Ancestors(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..(end + 1)];
        yield return "";
    }

    /// <summary>An import's path, relative to the repository.</summary>
    private static string Resolve(string target, string file)
    {
        var folder = System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(file)!) + "/";
        var path = target.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", folder).Replace("$(EmuRoot)", Repository.Root + "/");
        return System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(path, folder));
    }

    private static bool Is(XElement item, string name, string value) =>
        string.Equals(item.Attribute(name)?.Value ?? item.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value, value, StringComparison.OrdinalIgnoreCase);
}
