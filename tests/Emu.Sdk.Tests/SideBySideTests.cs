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
        _outside.CopyCheckout(Rooms);
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
}
