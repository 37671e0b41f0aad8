namespace Emu.Linux.Tests.Loading;

/// <summary>A file with the given contents that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] contents, bool executable = true)
    {
        File.WriteAllBytes(Name, contents);
        File.SetUnixFileMode(Name, UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : 0));
    }

    public string Name { get; } = Path.Combine(Path.GetTempPath(), "emu-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => File.Delete(Name);
}
