using Assert = Xunit.Assert;

namespace Emu.Architecture.Tests;

/// <summary>
/// Who may use whom. The table is the architecture: a guest never sees a backend or the reverse, a plugin sees only the
/// contract, the IR sees nothing.
/// </summary>
public sealed class ReferenceTests
{
    /// <summary>Project, projects that it may reference, packages that it may reference (both separated by blanks).</summary>
    public static IEnumerable<(string, string, string)> Rooms() =>
    [
        ("Emu.Plugins", "", ""),
        ("Emu.Ir", "", ""),
        ("Emu.Engine", "Emu.Plugins Emu.Ir", "ZLinq"),
        // Callbacks are type arguments of the handlers, so a backend knows the contract's callback interfaces.
        ("Emu.Backend.Threaded", "Emu.Plugins Emu.Ir Emu.Engine", ""),
        ("Emu.Backend.X64", "Emu.Plugins Emu.Ir Emu.Engine", "Iced"),
        ("Emu.Guest.RiscV", "Emu.Ir Emu.Engine", ""),
        // System calls are events of the contract.
        ("Emu.Linux", "Emu.Plugins Emu.Engine", "ZLinq"),
        ("Emu.Cli", "Emu.Plugins Emu.Ir Emu.Engine Emu.Guest.RiscV Emu.Backend.Threaded Emu.Backend.X64 Emu.Linux", "System.CommandLine ZLinq"),
        ("Emu.Generators", "", "Microsoft.CodeAnalysis.CSharp"),
    ];

    [Test]
    [MethodDataSource(nameof(Rooms))]
    public void A_room_references_only_what_it_may(string name, string projects, string packages)
    {
        var project = Assert.Single(Project.All, p => p.Name == name);
        Assert.Empty(project.Projects.Except(projects.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(project.Packages.Except(packages.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(project.Generators.Except(["Emu.Generators"]));
    }

    [Test]
    public void Every_source_project_is_in_the_table()
    {
        var known = Rooms().Select(row => row.Item1).ToHashSet();
        var unknown = Project.All.Where(p => IsIn(p, "src") || IsIn(p, "generators")).Select(p => p.Name).Where(n => !known.Contains(n));
        Assert.Empty(unknown);
    }

    [Test]
    public void Every_library_is_analysed_for_ahead_of_time_compilation_and_always_optimised()
    {
        // The executable has the same from nativeaot.props and Emu.Sdk.props, plugins from Emu.Plugin.props.
        var libraries = Project.All.Where(p => IsIn(p, "src") && p.Name != "Emu.Cli").ToList();
        Assert.NotEmpty(libraries);
        Assert.All(libraries, p => Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", Repository.Read(p.Path)));
        Assert.All(libraries, p => Assert.Contains("<Optimize>true</Optimize>", Repository.Read(p.Path)));
    }

    [Test]
    public void A_plugin_references_only_the_contract()
    {
        var plugins = Project.All.Where(p => IsIn(p, "plugins")).ToList();
        Assert.NotEmpty(plugins);
        Assert.All(plugins, p =>
        {
            Assert.Equal(["Emu.Plugins"], p.Projects);
            Assert.Empty(p.Packages);
        });
    }

    [Test]
    public void The_product_does_not_reference_tests_or_benches()
    {
        var outside = Project.All.Where(p => IsIn(p, "tests") || IsIn(p, "bench")).Select(p => p.Name).ToHashSet();
        Assert.All(Project.All.Where(p => !outside.Contains(p.Name)), p => Assert.Empty(p.Projects.Intersect(outside)));
    }

    [Test]
    public void A_project_stands_in_a_folder_of_its_name()
    {
        Assert.All(Project.All, p => Assert.Equal(p.Name, Path.GetFileName(Path.GetDirectoryName(p.Path))));
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Emu.sln").Replace('\\', '/');
        Assert.All(Project.All, p => Assert.Contains($"\"{p.Path}\"", solution));
    }

    private static bool IsIn(Project project, string folder) => project.Path.StartsWith(folder + "/", StringComparison.Ordinal);
}
