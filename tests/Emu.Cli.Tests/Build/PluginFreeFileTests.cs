using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Build;

/// <summary>
/// Plugins cost nothing where there are none: the file that is published with <c>-p:EmuPlugins=none</c> holds no instrumented copy of translator or engine, and
/// works.
/// </summary>
[ClassDataSource<PublishedWithoutPlugins>(Shared = SharedType.PerTestSession)]
public sealed class PluginFreeFileTests(PublishedWithoutPlugins published)
{
    [Test]
    [Arguments("TranslationEvents")]        // copies of translator and loop for the mask that somebody listens to
    [Arguments("BlockInstrumenter")]        // asks plugins about a block
    [Arguments("Handlers_Exec_1_")]         // handlers of execution callbacks
    [Arguments("Handlers_Mem_1_")]          // handlers of memory callbacks
    [Arguments("StandardPlugins_")]
    public void No_symbol_belongs_to_instrumentation(string part) =>
        Assert.DoesNotContain(Symbols.Of(published.Executable), symbol => symbol.Name.Contains(part, StringComparison.Ordinal));

    [Test]
    public void Translator_and_loop_are_there_once_for_the_mask_of_nobody() =>
        Assert.Contains(Symbols.Of(published.Executable), static symbol => symbol.Name.Contains("VCpuLoop__RunIn<", StringComparison.Ordinal) && symbol.Name.Contains("NoEvents", StringComparison.Ordinal));

    [Test]
    public void It_is_smaller_than_the_file_with_plugins() =>
        Assert.True(new FileInfo(published.Stripped).Length < new FileInfo(EmuExecutable.Path).Length, $"{new FileInfo(published.Stripped).Length} bytes, with plugins {new FileInfo(EmuExecutable.Path).Length}");

    [Test]
    public void It_runs_guests_and_says_that_it_has_no_plugins()
    {
        (Launch.Emu() with { Program = published.Stripped, Arguments = Launch.Bytes(["bin/hello"]) }).Run().AssertCleanExit("hello, world\n");
        (Launch.Emu() with { Program = published.Stripped, Arguments = Launch.Bytes(["-p", "help"]) }).Run().AssertCleanExit("This build has no plugins.\n");
        (Launch.Emu() with { Program = published.Stripped, Arguments = Launch.Bytes(["-p", "insn", "bin/hello"]) }).Run().AssertRefused(125, "plugin 'insn' is not in this build, which has none");
    }
}
