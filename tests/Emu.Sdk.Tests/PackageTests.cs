using System.IO.Compression;

namespace Emu.Sdk.Tests;

/// <summary>What <c>dotnet pack</c> makes of the checkout is all that plugins, their tests and emulators elsewhere need: tried with a folder of packages, an empty cache and no network.</summary>
[NotInParallel]
public sealed class PackageTests : IDisposable
{
    private const string Version = "0.1.0";
    private static readonly string[] Contents = ["Emu.Sdk", "Emu.Templates"];
    private static readonly OutsideProject Feed = new();

    private readonly OutsideProject _outside = new();

    [Before(HookType.Class)]
    public static void Pack() => Feed.Build("pack", OutsideProject.Root, "-o", Feed.Path("feed"), "-p:RunAnalyzers=false");

    [After(HookType.Class)]
    public static void Forget() => Feed.Dispose();

    [Test]
    public async Task Every_room_and_plugin_is_a_package_that_says_who_it_is()
    {
        var projects = new[] { "src", "plugins" }.SelectMany(folder => Directory.GetFiles(Path.Combine(OutsideProject.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(project => !project.Contains("/emu-", StringComparison.Ordinal) && Path.GetFileName(project) != "Emu.Cli.csproj");
        foreach (var project in projects)
        {
            var id = (project.Contains("/plugins/", StringComparison.Ordinal) ? "Emu.Plugins." : "") + Path.GetFileNameWithoutExtension(project);
            var (specification, entries) = Open(id);
            await Assert.That(specification).Contains("<license type=\"expression\">MIT</license>");
            await Assert.That(specification).Contains("<icon>icon.png</icon>");
            await Assert.That(specification).Contains("<readme>README.md</readme>");
            await Assert.That(specification).DoesNotContain("<description>Package Description</description>");
            await Assert.That(entries).Contains("README.md");
            await Assert.That(entries).Contains("icon.png");
            if (!Contents.Contains(id))
                await Assert.That(File.Exists(Feed.Path($"feed/{id}.{Version}.snupkg"))).IsTrue().Because($"{id} has symbols");
        }
    }

    [Test]
    public async Task The_contract_brings_its_generator_and_texts_and_a_plugin_needs_the_contract_alone()
    {
        var (_, contract) = Open("Emu.Plugins");
        await Assert.That(contract).Contains("analyzers/dotnet/cs/Emu.Generators.dll");
        await Assert.That(contract).Contains("lib/net10.0/Emu.Plugins.xml");
        await Assert.That(contract).Contains("RULES.md");
        var (plugin, _) = Open("Emu.Plugins.Bb");
        await Assert.That(plugin.Split("<dependency ").Length).IsEqualTo(2);
        await Assert.That(plugin).Contains($"<dependency id=\"Emu.Plugins\" version=\"{Version}\"");
    }

    [Test]
    public async Task A_plugin_is_made_from_its_template_tested_linked_and_run()
    {
        // A blank and a letter beyond ASCII, as people have them in their folders.
        const string Place = "my plügins";
        WriteSources($"{Place}/NuGet.config");
        _outside.Variables = [$"DOTNET_CLI_HOME={_outside.Path("home")}", $"NUGET_PACKAGES={_outside.Path($"{Place}/packages")}"];
        await Succeed("dotnet", "new", "install", Feed.Path($"feed/Emu.Templates.{Version}.nupkg"));
        await Succeed("dotnet", "new", "emu-plugin", "-n", "My.Loads", "-o", $"{Place}/My.Loads");
        await Succeed("dotnet", "new", "emu-app", "-n", "MyEmu", "-o", $"{Place}/MyEmu", "--plugins", "bb;Insn", "--plugin-project", "../My.Loads/My.Loads/My.Loads.csproj");

        await Assert.That(await Succeed("dotnet", "run", "--project", $"{Place}/My.Loads/My.Loads.Tests", "--", "--no-ansi")).Contains("succeeded: 4\n");
        await Assert.That(await Succeed("dotnet", "publish", $"{Place}/MyEmu", "-o", "out", "-nologo", "-p:UseSharedCompilation=false")).Contains("Bytes that plugins add to the file: ");

        var (exitCode, output) = _outside.Run(_outside.Path("out/emu"), "-p", "my-loads,size=8", "-p", "bb", Path.Combine(OutsideProject.Root, "tests", "guests", "bin", "count-memory"));
        await Assert.That((exitCode, output)).IsEqualTo((0, "loads: 600, of zero: 600\nCPU0: bb's: 101, insns: 2606\nTotal: bb's: 101, insns: 2606\n"));
        var version = _outside.Run(_outside.Path("out/emu"), "--version", "--verbose").Output;
        await Assert.That(version).StartsWith("1.0.0\nbackends: threaded, x64\nplugins: bb, insn, my-loads\n");
        await Assert.That(version).Matches(@"\n +[1-9]\d+ bytes  My\.Loads\n");
    }

    [Test]
    public async Task A_program_of_ones_own_runs_a_guest_and_asks_its_plugin()
    {
        WriteSources("NuGet.config");
        _outside.Variables = [$"NUGET_PACKAGES={_outside.Path("packages")}"];
        _outside.Write("Mine/Mine.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><EmuPluginRegistry>true</EmuPluginRegistry></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Emu.Linux" Version="{Version}" /><PackageReference Include="Emu.Guest.RiscV" Version="{Version}" />
                <PackageReference Include="Emu.Backend.X64" Version="{Version}" /><PackageReference Include="Emu.Plugins" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        var readme = File.ReadAllText(Path.Combine(OutsideProject.Root, "src", "Emu.Linux", "README.md"));
        _outside.Write("Mine/Program.cs", readme.Split("```csharp\n")[1].Split("```")[0]);
        await Succeed("dotnet", "build", "Mine", "-c", "Release", "-o", "out", "-nologo", "-p:UseSharedCompilation=false");
        var guest = Path.Combine(OutsideProject.Root, "tests", "guests", "bin", "count-memory");
        await Assert.That(_outside.Run(_outside.Path("out/Mine"), guest)).IsEqualTo((0, "loads: 600\nexit code 0, 600 loads\n"));
        await Assert.That(_outside.Run(_outside.Path("out/Mine"), Path.Combine(OutsideProject.Root, "tests", "guests", "bin", "exit"), "7").Output).Contains("exit code 7, ");
    }

    [Test]
    public async Task A_contract_that_has_lost_something_is_not_packed()
    {
        WriteSources("NuGet.config");
        _outside.Variables = [$"NUGET_PACKAGES={_outside.Path("packages")}"];
        _outside.CopyCheckout("src/Emu.Plugins", "src/Emu.Sdk", "generators/Emu.Generators");
        string[] pack = ["pack", "src/Emu.Plugins", "-c", "Release", "-nologo", "-o", "next", "-p:Version=0.2.0", $"-p:EmuLastVersion={Version}", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false"];
        await Succeed("dotnet", pack);

        var file = _outside.Path("src/Emu.Plugins/PluginTopic.cs");
        var text = File.ReadAllText(file);
        await Assert.That(text).Contains("    Platform,");
        File.WriteAllText(file, text.Replace("    Platform,", "    Platforms,"));
        var (exitCode, output) = _outside.Run("dotnet", pack);
        await Assert.That(exitCode).IsNotEqualTo(0);
        await Assert.That(output).Contains("CP0002").And.Contains("PluginTopic.Platform");
    }

    public void Dispose() => _outside.Dispose();

    private async Task<string> Succeed(string program, params string[] arguments)
    {
        var (exitCode, output) = _outside.Run(program, arguments);
        await Assert.That(exitCode).IsEqualTo(0).Because(output);
        return output;
    }

    /// <summary>Packages come from what was packed, and from what the checkout was restored from.</summary>
    private void WriteSources(string file) => _outside.Write(file, $"""
        <configuration>
          <packageSources><clear /><add key="packed" value="{Feed.Path("feed")}" /><add key="restored" value="{OutsideProject.RestoredPackages}" /></packageSources>
          <packageSourceMapping>
            <packageSource key="packed"><package pattern="Emu.*" /></packageSource>
            <packageSource key="restored"><package pattern="*" /></packageSource>
          </packageSourceMapping>
        </configuration>
        """);

    private static (string Specification, string[] Entries) Open(string id)
    {
        using var archive = ZipFile.OpenRead(Feed.Path($"feed/{id}.{Version}.nupkg"));
        using var text = new StreamReader(archive.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        return (text.ReadToEnd(), [.. archive.Entries.Select(entry => entry.FullName)]);
    }
}
