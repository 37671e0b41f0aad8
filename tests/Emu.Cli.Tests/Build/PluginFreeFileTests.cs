using Emu.Cli.Tests.Launching;

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
    public async Task No_symbol_belongs_to_instrumentation(string part) =>
        await Assert.That(Names().Where(name => name.Contains(part, StringComparison.Ordinal))).IsEmpty();

    [Test]
    public async Task Translator_and_loop_are_there_once_for_the_mask_of_nobody()
    {
        var loops = Names().Where(static name => name.Contains("VCpuLoop__RunIn<", StringComparison.Ordinal));
        await Assert.That(loops.Where(static name => name.Contains("NoEvents", StringComparison.Ordinal))).IsNotEmpty();
    }

    [Test]
    public async Task It_is_smaller_than_the_file_with_plugins() =>
        await Assert.That(new FileInfo(published.Stripped).Length).IsLessThan(new FileInfo(EmuExecutable.Path).Length);

    [Test]
    public async Task It_runs_guests_and_says_that_it_has_no_plugins()
    {
        await Run("bin/hello").AssertCleanExit("hello, world\n");
        await Run("-p", "help").AssertCleanExit("This build has no plugins.\n");
        await Run("-p", "insn", "bin/hello").AssertRefused(125, "plugin 'insn' is not in this build, which has none");
    }

    private IEnumerable<string> Names() => Symbols.Of(published.Executable).Select(static symbol => symbol.Name);

    private Outcome Run(params string[] arguments) => (Launch.Emu(arguments) with { Program = published.Stripped }).Run();
}
