namespace Emu.Children;

/// <summary>Chromium without a window, with a profile of its own for each page and without a network.</summary>
public static class Browser
{
    /// <summary>Opens a file and runs its scripts.</summary>
    /// <param name="file">An HTML file.</param>
    /// <param name="arguments">More of Chromium's arguments.</param>
    /// <returns>The document as it is then, and what its scripts wrote to the console, errors included.</returns>
    public static (string Document, string[] Console) Open(string file, params string[] arguments)
    {
        var profile = Directory.CreateTempSubdirectory("emu-browser-");
        try
        {
            // The sandbox needs rights that a test may not have; the page is our own.
            string[] fixedArguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={profile.FullName}"];
            var outcome = Launch.Of(Oracle.Chromium.Path!, [.. fixedArguments, .. arguments, "--dump-dom", "file://" + file]).Run();
            var console = outcome.ErrorText.Split('\n').Where(static line => line.Contains(":CONSOLE", StringComparison.Ordinal)).ToArray();
            return (outcome.OutputText, console);
        }
        finally
        {
            Directory.Delete(profile.FullName, recursive: true);
        }
    }
}
