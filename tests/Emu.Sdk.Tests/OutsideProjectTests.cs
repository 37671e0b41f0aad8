using System.IO.Compression;

namespace Emu.Sdk.Tests;

/// <summary>Projects that are not part of the checkout: a plugin of one's own, an emulator with chosen plugins. They are really built, one after the other.</summary>
[NotInParallel]
public sealed class OutsideProjectTests : IDisposable
{
    private const string PluginProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <Import Project="SDK/Emu.Plugin.props" />
        </Project>
        """;

    /// <summary>The whole plugins of src/Emu.Plugins/README.md.</summary>
    private static readonly string[] Plugins = [.. File.ReadAllText(Path.Combine(OutsideProject.Root, "src", "Emu.Plugins", "README.md")).Split("```")
        .Where(block => block.StartsWith("csharp", StringComparison.Ordinal) && block.Contains("[EmuPlugin(", StringComparison.Ordinal))
        .Select(block => "using Emu.Plugins;" + block["csharp".Length..])];

    private static string Plugin(string name) => Plugins.Single(text => text.Contains($"[EmuPlugin(\"{name}\"", StringComparison.Ordinal));

    private readonly OutsideProject _outside = new();

    // A package whose only source is a folder; what the checkout itself needs was restored when these tests were built.
    private static readonly string PackageSource = $"""
        <PropertyGroup>
          <RestoreSources>$(MSBuildProjectDirectory)/../feed</RestoreSources>
          <RestorePackagesPath>$(MSBuildProjectDirectory)/../packages</RestorePackagesPath>
          <RestoreFallbackFolders>{OutsideProject.RestoredPackages}</RestoreFallbackFolders>
        </PropertyGroup>
        """;

    [Test]
    public async Task An_emulator_is_built_from_names_projects_and_packages()
    {
        // A warning is an error in the checkout, but not here.
        _outside.Write("Loads/Loads.csproj", PluginProject);
        _outside.Write("Loads/Loads.cs", Plugin("loads") + "\n#warning this is no error");
        _outside.Write("Loads/Stores.cs", Plugin("stores"));
        _outside.Write("Loads/Fails.cs", """
            [Emu.Plugins.EmuPlugin("fails", "Reads a file that there is not")]
            public sealed partial class Fails : Emu.Plugins.Plugin, Emu.Plugins.IOnFlush
            {
                public override void Install(in Emu.Plugins.GuestInfo guest) => File.ReadAllText("/no/such/file");
                public void OnFlush() { }
            }
            """);
        _outside.Write("Loaders/Loaders.csproj", PluginProject.Replace("</Project>", """
              <PropertyGroup>
                <PackageId>my.loaders</PackageId>
                <Version>1.2.3</Version>
              </PropertyGroup>
            </Project>
            """));
        _outside.Write("Loaders/Loaders.cs", Plugin("loaders"));
        _outside.Build("pack", "Loaders", "-o", "feed");
        await Assert.That(Specification("feed/my.loaders.1.2.3.nupkg").Split("<dependency ").Length).IsEqualTo(2).Because("only the contract is needed");
        _outside.Write("Mine/Mine.csproj", Emulator("""
            <EmuPlugin Include="bb" DefaultOptions="inline" /> <EmuPlugin Include="../Loads/Loads.csproj" /> <EmuPlugin Include="my.loaders" Version="1.2.3" />
            """, PackageSource));

        _outside.Build("build", "Mine");
        await Assert.That(RunMine("-p", "help")).IsEqualTo((0, """
            Where does the time go?
              bb       Counts executed blocks and instructions

            And others:
              fails    Reads a file that there is not
              loaders  Lists the functions that load most
              loads    Counts executed load instructions
              stores   Writes where the program stored, and what

            """));
        await Assert.That(RunMine("-p", "bb,help").Output).EndsWith("\nThis build begins with inline; what is given comes after it.\n");
        await Assert.That(RunMine("-p", "loads", "-p", "bb", Guest("count-memory"))).IsEqualTo((0, """
            loads: 800
            CPU0: bb's: 101, insns: 2606
            Total: bb's: 101, insns: 2606

            """));
        // The texts of exceptions are there, not only their keys.
        await Assert.That(RunMine("-p", "fails", Guest("sort")).Output).Contains("Could not find a part of the path '/no/such/file'");
        await Assert.That(RunMine("-p", "loaders", Guest("sort"))).IsEqualTo((0, """
            sorted 50173e50ae3e746b
               14709 partition
                2620 sort
                1030 tiny_main

            """));
    }

    [Test]
    public async Task Default_options_of_every_kind_of_plugin_come_to_its_assembly()
    {
        _outside.Write("Loads/Loads.csproj", PluginProject);
        _outside.Write("Loads/Loads.cs", Plugin("loads"));
        _outside.Write("Loaders/Loaders.csproj", PluginProject.Replace("</Project>", "<PropertyGroup><PackageId>my.loaders</PackageId><Version>1.2.3</Version><AssemblyName>Other</AssemblyName></PropertyGroup></Project>"));
        _outside.Write("Loaders/Loaders.cs", Plugin("loaders"));
        _outside.Build("pack", "Loaders", "-o", "feed");
        _outside.Write("Mine/Mine.csproj", Emulator("""
            <EmuPlugin Include="BB" DefaultOptions="inline=on,idle" /> <EmuPlugin Include="insn" />
            <EmuPlugin Include="../Loads/Loads.csproj" DefaultOptions="a=b" /> <EmuPlugin Include="my.Loaders" Version="1.2.3" DefaultOptions="c" />
            """, PackageSource));

        await Assert.That(Defaults()).IsEquivalentTo(["Bb=inline=on,idle", "Loads=a=b", "Other=c"]);
        await Assert.That(Defaults("-p:EmuPlugins=bb")).IsEmpty();
    }

    [Test]
    public async Task Default_options_that_the_build_cannot_hand_on_are_an_error()
    {
        _outside.Write("Mine/Mine.csproj", Emulator("""<EmuPlugin Include="bb" DefaultOptions="inline#on" />"""));
        var (exitCode, output) = _outside.Run("dotnet", "msbuild", "Mine", "-nologo", "-t:CheckEmuPlugins");
        await Assert.That(exitCode).IsNotEqualTo(0);
        await Assert.That(output).Contains("error EMUSDK004: DefaultOptions of an EmuPlugin may hold none of ; # | and no end of a line");
    }

    [Test]
    public async Task Without_plugins_the_native_file_has_no_instrumented_copy_of_translator_or_engine()
    {
        _outside.Write("Mine/Mine.csproj", Emulator(""));
        _outside.Build("publish", "Mine", "-o", "out", "-p:EmuPlugins=none", "-p:StripSymbols=false");

        await Assert.That(_outside.Run("strip", "-o", _outside.Path("stripped"), _outside.Path("out/emu")).ExitCode).IsEqualTo(0);
        await Assert.That(new FileInfo(_outside.Path("stripped")).Length).IsBetween(1, 15_000_000);
        var (exitCode, symbols) = _outside.Run("nm", _outside.Path("out/emu"));
        await Assert.That(exitCode).IsEqualTo(0);
        await Assert.That(symbols).Contains("VCpuLoop__RunIn<Emu_Engine_Emu_Engine_Instrumentation_NoEvents>");
        await Assert.That(symbols).Contains("VCpuLoop__RunChains<Emu_Engine_Emu_Engine_Instrumentation_NoEvents>");
        await Assert.That(symbols).DoesNotContain("TranslationEvents");
        await Assert.That(symbols).DoesNotContain("BlockInstrumenter");
        await Assert.That(symbols).DoesNotContain("BlockRewriter");
        await Assert.That(symbols).DoesNotContain("ThreadedCallbacks__Bind");
        await Assert.That(symbols).DoesNotContain("StandardPlugins");
        await Assert.That(_outside.Run(_outside.Path("out/emu"), "-p", "help")).IsEqualTo((0, "This build has no plugins.\n"));
    }

    [Test]
    [Arguments("Nope", "EMUSDK001", "There is no plugin \"Nope\". Allowed: all, none, a path to a .csproj, a package id with Version, or Bb, ")]
    [Arguments("bb;Nope", "EMUSDK001", "There is no plugin \"Nope\".")]
    [Arguments("../No/No.csproj", "EMUSDK002", "There is no plugin project \"../No/No.csproj\".")]
    public async Task A_plugin_that_there_is_not_is_an_error(string plugin, string id, string message)
    {
        _outside.Write("Mine/Mine.csproj", Emulator($"""<EmuPlugin Include="{plugin}" />"""));
        var (exitCode, output) = _outside.Run("dotnet", "msbuild", "Mine", "-nologo", "-t:CheckEmuPlugins");
        await Assert.That(exitCode).IsNotEqualTo(0);
        await Assert.That(output).Contains($"error {id}: {message}");
    }

    [Test]
    [Arguments("bb+Mem", "")]
    [Arguments("bb,Mem", "")]
    [Arguments("bb%3BMem", "")]
    [Arguments("none", "")]
    [Arguments("Mine/Mine.csproj+bb", "")]
    [Arguments("bb+Nope", "EMUSDK001: There is no plugin \"Nope\".")]
    [Arguments("Mine/No.csproj+bb", "EMUSDK002: There is no plugin project \"Mine/No.csproj\".")]
    public async Task Plugins_are_listed_on_the_command_line(string plugins, string error)
    {
        _outside.Write("Mine/Mine.csproj", Emulator(""));
        // Quotes keep MSBuild from taking what follows a comma for another property.
        var (exitCode, output) = _outside.Run("dotnet", "msbuild", "Mine", "-nologo", "-t:CheckEmuPlugins", $"-p:EmuPlugins=\"{plugins}\"");
        await Assert.That(exitCode == 0).IsEqualTo(error.Length == 0);
        await Assert.That(output).Contains(error);
    }

    [Test]
    public async Task A_host_that_there_is_no_emulator_for_is_an_error_at_once()
    {
        _outside.Write("Mine/Mine.csproj", Emulator(""));
        var (exitCode, output) = _outside.Run("dotnet", "publish", "Mine", "-nologo", "-r", "linux-arm64");
        await Assert.That(exitCode).IsEqualTo(1);
        await Assert.That(output.Trim().Split('\n').Length).IsEqualTo(1);
        await Assert.That(output).Contains("error EMUSDK003: There is no Emu for the host \"linux-arm64\" yet. Allowed: linux-x64.");
    }

    [Test]
    public async Task A_plugin_elsewhere_gets_what_it_needs_and_none_of_the_rules_of_the_checkout()
    {
        _outside.Write("Loads/Loads.csproj", PluginProject);
        var (_, properties) = _outside.Run("dotnet", "msbuild", "Loads", "-getProperty:TargetFramework,AllowUnsafeBlocks,Optimize,Version,TreatWarningsAsErrors,EnforceCodeStyleInBuild,ManagePackageVersionsCentrally");
        await Assert.That(properties.ReplaceLineEndings("").Replace(" ", "")).IsEqualTo("""
            {"Properties":{"TargetFramework":"net10.0","AllowUnsafeBlocks":"true","Optimize":"true","Version":"1.0.0","TreatWarningsAsErrors":"false","EnforceCodeStyleInBuild":"false","ManagePackageVersionsCentrally":""}}
            """);
    }

    [Test]
    [Arguments("")]
    [Arguments("<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>")]
    public async Task Whether_versions_are_central_is_the_choice_of_an_emulator_elsewhere(string central)
    {
        if (central.Length > 0)
            _outside.Write("Directory.Packages.props", central);
        _outside.Write("Loads/Loads.csproj", PluginProject);
        _outside.Write("Mine/Mine.csproj", Emulator("""<EmuPlugin Include="../Loads/Loads.csproj" />""", PackageSource));
        var (_, property) = _outside.Run("dotnet", "msbuild", "Mine", "-getProperty:ManagePackageVersionsCentrally");
        await Assert.That(property.Trim()).IsEqualTo(central.Length > 0 ? "true" : "");
        var (exitCode, output) = _outside.Run("dotnet", "restore", "Mine");
        await Assert.That(exitCode).IsEqualTo(0).Because(output);
    }

    public void Dispose() => _outside.Dispose();

    /// <summary>What the generator is told: assemblies and their plugins' default options.</summary>
    private string[] Defaults(params string[] arguments)
    {
        var (_, output) = _outside.Run("dotnet", ["build", "Mine", "-nologo", "-v:q", "-t:CollectEmuPluginDefaults", "-getProperty:EmuPluginDefaults", "-restore", "-p:UseSharedCompilation=false", .. arguments]);
        return output.Trim().Split('|', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Guest(string name) => Path.Combine(OutsideProject.Root, "tests", "guests", "bin", name);

    /// <summary>Runs the emulator under the just-in-time compiler, as its README says.</summary>
    private (int ExitCode, string Output) RunMine(params string[] arguments) => _outside.Run("dotnet", ["run", "--project", "Mine", "-c", "Release", "--no-build", "--", .. arguments]);

    private string Specification(string package)
    {
        using var archive = ZipFile.OpenRead(_outside.Path(package));
        using var text = new StreamReader(archive.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        return text.ReadToEnd();
    }

    private static string Emulator(string plugins, string properties = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <Import Project="SDK/Emu.Sdk.props" />
          {properties}
          <ItemGroup>{plugins}</ItemGroup>
          <Import Project="SDK/Emu.Sdk.targets" />
        </Project>
        """;
}
