namespace Emu.Cli.Tests.Launching;

/// <summary>A new empty folder for one test, removed with everything in it afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("emu-cli-").FullName;

    /// <summary>Path of a file in it, which need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that everyone may execute; returns its path.</summary>
    public string Executable(string name, ReadOnlySpan<byte> contents)
    {
        const UnixFileMode Everything = (UnixFileMode)0x1ed; // 0755
        var path = File(name);
        System.IO.File.WriteAllBytes(path, contents.ToArray());
        System.IO.File.SetUnixFileMode(path, Everything);
        return path;
    }

    /// <summary>The names in it.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(Path).Select(static path => System.IO.Path.GetFileName(path)).Order();

    // Not Directory.Delete: it does not find names that are not UTF-8.
    public void Dispose() => Launch.Tool("/bin/rm", "-rf", Path).Run();
}
