namespace Emu.Bench.Tests.Regression;

/// <summary>The command line from outside: a mistake is one line.</summary>
public sealed class CommandLineTests
{
    private static readonly string ThisFile = typeof(CommandLineTests).Assembly.Location;

    [Test]
    [Arguments("--count --emu /nothing/emu", "/nothing/emu is not there; publish it with: dotnet publish src/Emu.Cli -c Release -o out")]
    [Arguments("--emu {this} --baseline /nothing/b.json", "the baseline has no times of this kind of machine")]
    [Arguments("--count --emu {this} --filter nothing", "no row is called 'nothing'; there are start/hello")]
    [Arguments("--count --emu {this} --filter micro/decode", "no row is called 'micro/decode'; there are start/hello")]
    [Arguments("--emu {this} --baseline {this}", "is no baseline: ")]
    [Arguments("--emu {this} --update {blank}", "--update wants the reason why these numbers are right")]
    [Arguments("--page /nothing/page.html", "Could not find a part of the path '/nothing/page.html'")]
    public async Task A_mistake_is_told_in_one_line(string arguments, string message)
    {
        var outcome = Run(arguments);
        await Assert.That(outcome.ErrorText).StartsWith("Emu.Bench: error: ").And.Contains(message);
        await Assert.That(outcome.ErrorText.TrimEnd().Split('\n').Length).IsEqualTo(1);
        await Assert.That(outcome.Status).IsEqualTo(1);
    }

    [Test]
    public async Task Counts_without_a_baseline_are_not_taken()
    {
        Skip.Unless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "valgrind"))), "valgrind is not installed (Debian's package valgrind)");
        var outcome = Run("--count --tool cachegrind --emu {this} --baseline /nothing/b.json");
        await Assert.That(outcome.ErrorText.TrimEnd()).IsEqualTo("Emu.Bench: error: the baseline has no counts of cachegrind; measure them with: regress --count --update REASON");
        await Assert.That(outcome.Status).IsEqualTo(1);
    }

    [Test]
    [Arguments("--turns 4", "--turns wants a number from 5 to 1000")]
    [Arguments("--threshold 0", "--threshold wants a number above 0 and below 1000")]
    [Arguments("--set some", "some")]
    [Arguments("--update", "--update")]
    public async Task A_wrong_value_is_told(string arguments, string message)
    {
        var outcome = Run(arguments);
        await Assert.That(outcome.ErrorText).Contains(message);
        await Assert.That(outcome.Status).IsEqualTo(1);
    }

    private static Outcome Run(string arguments) =>
        Launch.Of("dotnet", [Path.Combine(Path.GetDirectoryName(ThisFile)!, "Emu.Bench.dll"), "regress", .. arguments.Split(' ').Select(Meant)]).Run();

    private static string Meant(string word) => word switch
    {
        "{this}" => ThisFile,
        "{blank}" => " ",
        _ => word,
    };
}
