using System.Diagnostics;
using System.Reflection;
using Assert = Xunit.Assert;

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

    /// <summary>Runs a program in the folder; the exit code and everything that it printed.</summary>
    public (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        // Servers that stay behind would keep the pipes open, and what this test project was started with is not the projects' business.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name == "EmuPlugins").ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took longer than {Limit}");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    /// <summary>Builds or publishes a project, which must succeed.</summary>
    public void Build(params string[] arguments)
    {
        var (exitCode, output) = Run("dotnet", [.. arguments, "-c", "Release", "-nologo", "-p:UseSharedCompilation=false"]);
        Assert.True(exitCode == 0, output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Metadata(string key) =>
        typeof(OutsideProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
