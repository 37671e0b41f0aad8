using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Build;

/// <summary>A published file without plugins and with its symbols, made once for all tests that look at it.</summary>
public sealed class PublishedWithoutPlugins : IDisposable
{
    private const string Variable = "EMU_EXECUTABLE_WITHOUT_PLUGINS";

    private readonly ScratchFolder _scratch = new();

    /// <summary>Takes the file that the environment variable EMU_EXECUTABLE_WITHOUT_PLUGINS names, or publishes one, which takes a minute or two.</summary>
    public PublishedWithoutPlugins()
    {
        Executable = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Path.GetFullPath(given) : Publish();
        Stripped = _scratch.File("stripped");
        var outcome = Launch.Tool("/usr/bin/strip", "-o", Stripped, Executable).Run();
        if (outcome.Status != 0)
            Assert.Fail($"strip ends with {outcome.Status}: {outcome.ErrorText}");
    }

    /// <summary>The file.</summary>
    public string Executable { get; }

    /// <summary>The file without its symbols, as users get it.</summary>
    public string Stripped { get; }

    public void Dispose() => _scratch.Dispose();

    // Next to this repository's build output, not in it: somebody else may be building there.
    private string Publish()
    {
        var options = $"-c Release -o '{_scratch.File("out")}' --artifacts-path '{_scratch.File("build")}' -p:EmuPlugins=none -p:StripSymbols=false -nodeReuse:false";
        var outcome = (Launch.Of("/bin/sh", "-c", $"dotnet publish src/Emu.Cli {options}") with { Directory = Repository.Root, Longest = TimeSpan.FromMinutes(45) }).Run();
        if (outcome.Status != 0)
            Assert.Fail(outcome.OutputText + outcome.ErrorText);
        return Path.Combine(_scratch.File("out"), "emu");
    }
}
