using TUnit.Assertions.Enums;

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
        ("Emu.Linux", "Emu.Plugins Emu.Engine", "System.IO.Hashing ZLinq"),
        // A debugger sees the machine and what stands above it by the engine's contract.
        ("Emu.Gdb", "Emu.Engine", "ZLinq"),
        // A recording takes the guest's place; which guest explains its instructions is its caller's choice.
        ("Emu.Replay", "Emu.Plugins Emu.Engine", "ZLinq"),
        // Tests of plugins have a guest that explains and assembles instructions.
        ("Emu.Plugins.Testing", "Emu.Plugins Emu.Engine Emu.Replay Emu.Guest.RiscV", "ZLinq"),
        ("Emu.Cli", "Emu.Plugins Emu.Ir Emu.Engine Emu.Guest.RiscV Emu.Backend.Threaded Emu.Backend.X64 Emu.Linux Emu.Gdb Emu.Replay", "System.CommandLine ZLinq"),
        ("Emu.Generators", "", "Microsoft.CodeAnalysis.CSharp"),
        // Packages of files, without an assembly.
        ("Emu.Sdk", "", ""),
        ("Emu.Templates", "", ""),
    ];

    [Test]
    [MethodDataSource(nameof(Rooms))]
    public async Task A_room_references_only_what_it_may(string name, string projects, string packages)
    {
        var project = await Assert.That(Project.All).HasSingleItem(p => p.Name == name);
        await Assert.That(project.Projects.Except(projects.Split(' ', StringSplitOptions.RemoveEmptyEntries))).IsEmpty();
        await Assert.That(project.Packages.Except(packages.Split(' ', StringSplitOptions.RemoveEmptyEntries))).IsEmpty();
        await Assert.That(project.Generators.Except(["Emu.Generators"])).IsEmpty();
    }

    [Test]
    public async Task Every_source_project_is_in_the_table()
    {
        var known = Rooms().Select(row => row.Item1).ToHashSet();
        var unknown = Project.All.Where(p => IsIn(p, "src") || IsIn(p, "generators")).Select(p => p.Name).Where(n => !known.Contains(n));
        await Assert.That(unknown).IsEmpty();
    }

    [Test]
    public async Task Every_library_is_analysed_for_ahead_of_time_compilation_and_always_optimised()
    {
        // The executable has the same from nativeaot.props and Emu.Sdk.props, plugins from Emu.Plugin.props.
        var libraries = Project.All.Where(p => IsIn(p, "src") && p.Name is not ("Emu.Cli" or "Emu.Sdk" or "Emu.Templates")).ToList();
        await Assert.That(libraries).IsNotEmpty();
        await Assert.That(Without("<IsAotCompatible>true</IsAotCompatible>")).IsEmpty();
        await Assert.That(Without("<Optimize>true</Optimize>")).IsEmpty();

        IEnumerable<string> Without(string property) =>
            libraries.Where(p => !Repository.Read(p.Path).Contains(property, StringComparison.Ordinal)).Select(p => p.Name);
    }

    public static IEnumerable<string> Plugins() => Project.All.Where(p => IsIn(p, "plugins")).Select(p => p.Name);

    /// <summary>The plugins that provide a service.</summary>
    private static readonly HashSet<string> Providers =
        [.. Project.All.Where(static p => IsIn(p, "plugins") && Repository.Read($"plugins/{p.Name}/{p.Name}.cs").Contains("[Provides<", StringComparison.Ordinal)).Select(static p => p.Name)];

    [Test]
    [MethodDataSource(nameof(Plugins))]
    public async Task A_plugin_references_only_the_contract_and_plugins_whose_services_it_needs(string name)
    {
        var plugin = await Assert.That(Project.All).HasSingleItem(p => p.Name == name);
        await Assert.That(plugin.Projects).Contains("Emu.Plugins");
        await Assert.That(plugin.Projects.Where(other => other != "Emu.Plugins" && !Providers.Contains(other))).IsEmpty();
        await Assert.That(plugin.Packages).IsEmpty();
    }

    [Test]
    public async Task The_product_does_not_reference_tests_or_benches()
    {
        var outside = Project.All.Where(p => IsIn(p, "tests") || IsIn(p, "bench")).Select(p => p.Name).ToHashSet();
        var references = Project.All.Where(p => !outside.Contains(p.Name)).SelectMany(p => p.Projects.Intersect(outside).Select(other => $"{p.Name} references {other}"));
        await Assert.That(references).IsEmpty();
    }

    [Test]
    public async Task A_project_stands_in_a_folder_of_its_name() =>
        await Assert.That(Project.All.Where(p => Path.GetFileName(Path.GetDirectoryName(p.Path)) != p.Name).Select(p => p.Path)).IsEmpty();

    [Test]
    public async Task Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Emu.sln").Replace('\\', '/');
        await Assert.That(Project.All.Select(p => p.Path).Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal))).IsEmpty();
    }

    private static bool IsIn(Project project, string folder) => project.Path.StartsWith(folder + "/", StringComparison.Ordinal);
}
