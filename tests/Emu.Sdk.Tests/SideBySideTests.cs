namespace Emu.Sdk.Tests;

/// <summary>Builds of several choices of plugins from one checkout, at once.</summary>
[NotInParallel]
public sealed class SideBySideTests : IDisposable
{
    private static readonly string[] Rooms = ["src/Emu.Plugins", "src/Emu.Sdk", "generators/Emu.Generators", "plugins/Bb"];

    private readonly OutsideProject _outside = new();

    [Test]
    public async Task Builds_of_two_choices_share_no_file_that_they_write()
    {
        CopyCheckout();
        // A plugin, as all that a plugin needs is what every project of the checkout needs.
        var choices = new[] { "Bb", "Bb+Mem" };
        await Task.WhenAll(choices.Select(choice => Task.Run(() => _outside.Build("build", "plugins/Bb", $"-p:EmuPlugins={choice}"))));

        var built = Directory.GetFiles(_outside.Path("."), "Bb.dll", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_outside.Path("."), file));
        await Assert.That(string.Join(' ', built.Order(StringComparer.Ordinal))).IsEqualTo(string.Join(' ', choices.Select(choice => choice.Replace('+', '-')).SelectMany(
            set => new[] { $"artifacts/{set}/bin/Bb/release/Bb.dll", $"artifacts/{set}/obj/Bb/release/Bb.dll", $"artifacts/{set}/obj/Bb/release/ref/Bb.dll", $"artifacts/{set}/obj/Bb/release/refint/Bb.dll" })
            .Order(StringComparer.Ordinal)));
        var elsewhere = Directory.GetDirectories(_outside.Path("."), "obj", SearchOption.AllDirectories).Concat(Directory.GetDirectories(_outside.Path("."), "bin", SearchOption.AllDirectories))
            .Where(folder => !folder.Contains("/artifacts/", StringComparison.Ordinal));
        await Assert.That(string.Join(' ', elsewhere)).IsEqualTo("");
    }

    public void Dispose() => _outside.Dispose();

    /// <summary>A fresh checkout of what a plugin is built from.</summary>
    private void CopyCheckout()
    {
        var top = Directory.GetFiles(OutsideProject.Root).Concat(Directory.GetFiles(Path.Combine(OutsideProject.Root, "src"))).Concat(Directory.GetFiles(Path.Combine(OutsideProject.Root, "plugins")));
        var sources = Rooms.SelectMany(room => Directory.GetFiles(Path.Combine(OutsideProject.Root, room), "*", SearchOption.AllDirectories));
        foreach (var file in top.Concat(sources))
        {
            var relative = Path.GetRelativePath(OutsideProject.Root, file);
            if (relative.Split('/').Any(static part => part is "bin" or "obj"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(_outside.Path(relative))!);
            File.Copy(file, _outside.Path(relative));
        }
    }
}
