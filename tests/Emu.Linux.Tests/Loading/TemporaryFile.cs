namespace Emu.Linux.Tests.Loading;

/// <summary>A file with the given contents that is gone after the test; in memory where that is possible, as thousands are written.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] contents, bool executable = true)
    {
        File.WriteAllBytes(Name, contents);
        File.SetUnixFileMode(Name, UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : 0));
    }

    private static string Folder => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public string Name { get; } = Path.Combine(Folder, "emu-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => File.Delete(Name);
}
