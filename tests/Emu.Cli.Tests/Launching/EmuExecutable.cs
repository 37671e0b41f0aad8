namespace Emu.Cli.Tests.Launching;

/// <summary>The published native file that is under test.</summary>
internal static class EmuExecutable
{
    private const string Variable = "EMU_EXECUTABLE";

    /// <summary>Its absolute path: <c>out/emu</c> of this repository, or what the environment variable EMU_EXECUTABLE says.</summary>
    /// <exception cref="FileNotFoundException">It was not published: the test fails and says how to do that.</exception>
    public static string Path
    {
        get
        {
            var path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
                ? System.IO.Path.GetFullPath(given)
                : System.IO.Path.Combine(Repository.Root, "out", "emu");
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException($"{path} is not there: run 'dotnet publish src/Emu.Cli -c Release -o out' first, or name a published file in {Variable}");
        }
    }
}
