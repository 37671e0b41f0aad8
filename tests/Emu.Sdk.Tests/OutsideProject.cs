using System.Reflection;
using System.Text;

namespace Emu.Sdk.Tests;

/// <summary>A folder outside of the checkout with projects that use Emu.Sdk, deleted at the end.</summary>
internal sealed class OutsideProject : IDisposable
{
    // Against hanging, not against a machine that is busy with something else.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(45);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emu-outside-");

    /// <summary>The checkout.</summary>
    public static string Root { get; } = Metadata("EmuRoot");

    /// <summary>The folder of the packages that the checkout was restored from.</summary>
    public static string RestoredPackages { get; } = Metadata("RestoredPackages");

    /// <summary>A path in the folder.</summary>
    public string Path(string relative) => System.IO.Path.Combine(_folder.FullName, relative);

    /// <summary>Writes a file; <c>SDK</c> in it becomes the path of Emu.Sdk.</summary>
    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(relative))!);
        File.WriteAllText(Path(relative), text.Replace("SDK", System.IO.Path.Combine(Root, "src", "Emu.Sdk")));
    }

    /// <summary>Variables for what is run, as <c>NAME=value</c>.</summary>
    public string[] Variables { get; set; } = [];

    /// <summary>Copies these folders of the checkout to the same places here, and the files that lie above them, without what was built.</summary>
    public void CopyCheckout(params string[] rooms)
    {
        var above = new[] { "", "src", "plugins" }.SelectMany(folder => Directory.GetFiles(System.IO.Path.Combine(Root, folder)));
        var sources = rooms.SelectMany(room => Directory.GetFiles(System.IO.Path.Combine(Root, room), "*", SearchOption.AllDirectories));
        foreach (var file in above.Concat(sources))
        {
            var relative = System.IO.Path.GetRelativePath(Root, file);
            if (relative.Split('/').Any(static part => part is "bin" or "obj"))
                continue;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(relative))!);
            File.Copy(file, Path(relative));
        }
    }

    /// <summary>Runs a program in the folder; the exit code and everything that it printed.</summary>
    public (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var launch = Launch.Of(program, arguments) with { Directory = _folder.FullName, Environment = OwnEnvironment(), Longest = Limit };
        var outcome = launch.Run();
        return (outcome.Status, outcome.OutputText + outcome.ErrorText);
    }

    /// <summary>Builds or publishes a project, which must succeed.</summary>
    public void Build(params string[] arguments)
    {
        var (exitCode, output) = Run("dotnet", [.. arguments, "-c", "Release", "-nologo", "-p:UseSharedCompilation=false"]);
        if (exitCode != 0)
            Assert.Fail(output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Servers that stay behind would keep the pipes open, and what this test project was started with is not the projects' business.
    private byte[][] OwnEnvironment() => Launch.Bytes(
        Launch.OwnEnvironment.Select(Encoding.UTF8.GetString)
            .Where(static variable => !variable.StartsWith("MSBuild", StringComparison.Ordinal) && !variable.StartsWith("EmuPlugins=", StringComparison.Ordinal))
            .Where(static variable => !variable.StartsWith("MSBUILDDISABLENODEREUSE=", StringComparison.Ordinal) && !variable.StartsWith("DOTNET_CLI_USE_MSBUILD_SERVER=", StringComparison.Ordinal))
            .Concat(["MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_USE_MSBUILD_SERVER=0", .. Variables]));

    private static string Metadata(string key) =>
        typeof(OutsideProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
