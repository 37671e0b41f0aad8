using Assert = Xunit.Assert;

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

    // The ten lines of src/Emu.Plugins/README.md.
    private static readonly string Plugin = string.Join('\n',
        File.ReadAllText(Path.Combine(OutsideProject.Root, "src", "Emu.Plugins", "README.md")).Split("```")
            .Single(block => block.StartsWith("csharp", StringComparison.Ordinal)).Split('\n').Skip(1).Prepend("using Emu.Plugins;"));

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
    public void An_emulator_is_built_from_names_projects_and_packages()
    {
        _outside.Write("Loads/Loads.csproj", PluginProject);
        _outside.Write("Loads/Loads.cs", Plugin);
        _outside.Write("Stores/Stores.csproj", PluginProject.Replace("</Project>", """
              <PropertyGroup>
                <PackageId>my.stores</PackageId>
                <Version>1.2.3</Version>
              </PropertyGroup>
            </Project>
            """));
        _outside.Write("Stores/Stores.cs", Plugin.Replace("load", "store").Replace("Load", "Store"));
        _outside.Build("pack", "Stores", "-o", "feed");
        _outside.Write("Mine/Mine.csproj", Emulator("""
            <EmuPlugin Include="bb" /> <EmuPlugin Include="../Loads/Loads.csproj" /> <EmuPlugin Include="my.stores" Version="1.2.3" />
            """, PackageSource));
        _outside.Build("build", "Mine", "-o", "out");

        Assert.Equal((0, """
            bb      Counts executed blocks and instructions
            loads   Counts executed load instructions
            stores  Counts executed store instructions

            """), _outside.Run(_outside.Path("out/emu"), "-p", "help"));
        var guest = Path.Combine(OutsideProject.Root, "tests", "guests", "bin", "count-memory");
        Assert.Equal((0, """
            loads: 800
            stores: 500
            CPU0: bb's: 101, insns: 2606
            Total: bb's: 101, insns: 2606

            """), _outside.Run(_outside.Path("out/emu"), "-p", "loads", "-p", "stores", "-p", "bb", guest));
    }

    [Test]
    public void Without_plugins_the_native_file_has_no_instrumented_copy_of_translator_or_engine()
    {
        _outside.Write("Mine/Mine.csproj", Emulator(""));
        _outside.Build("publish", "Mine", "-o", "out", "-p:EmuPlugins=none", "-p:StripSymbols=false");

        Assert.Equal(0, _outside.Run("strip", "-o", _outside.Path("stripped"), _outside.Path("out/emu")).ExitCode);
        Assert.InRange(new FileInfo(_outside.Path("stripped")).Length, 1, 15_000_000);
        var (exitCode, symbols) = _outside.Run("nm", _outside.Path("out/emu"));
        Assert.Equal(0, exitCode);
        Assert.Contains("VCpuLoop__RunIn<Emu_Engine_Emu_Engine_Instrumentation_NoEvents>", symbols);
        Assert.Contains("VCpuLoop__RunChains<Emu_Engine_Emu_Engine_Instrumentation_NoEvents>", symbols);
        Assert.DoesNotContain("TranslationEvents", symbols);
        Assert.DoesNotContain("BlockInstrumenter", symbols);
        Assert.DoesNotContain("BlockRewriter", symbols);
        Assert.DoesNotContain("ThreadedCallbacks__Bind", symbols);
        Assert.DoesNotContain("StandardPlugins", symbols);
        Assert.Equal((0, "This build has no plugins.\n"), _outside.Run(_outside.Path("out/emu"), "-p", "help"));
    }

    [Test]
    [Arguments("Nope", "EMUSDK001", "There is no plugin \"Nope\". Allowed: all, none, a path to a .csproj, a package id with Version, or Bb, ")]
    [Arguments("bb;Nope", "EMUSDK001", "There is no plugin \"Nope\".")]
    [Arguments("../No/No.csproj", "EMUSDK002", "There is no plugin project \"../No/No.csproj\".")]
    public void A_plugin_that_there_is_not_is_an_error(string plugin, string id, string message)
    {
        _outside.Write("Mine/Mine.csproj", Emulator($"""<EmuPlugin Include="{plugin}" />"""));
        var (exitCode, output) = _outside.Run("dotnet", "msbuild", "Mine", "-nologo", "-t:CheckEmuPlugins");
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"error {id}: {message}", output);
    }

    public void Dispose() => _outside.Dispose();

    private static string Emulator(string plugins, string properties = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <Import Project="SDK/Emu.Sdk.props" />
          {properties}
          <ItemGroup>{plugins}</ItemGroup>
          <Import Project="SDK/Emu.Sdk.targets" />
        </Project>
        """;
}
