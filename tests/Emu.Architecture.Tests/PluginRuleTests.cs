using System.Text.RegularExpressions;
using TUnit.Assertions.Enums;

namespace Emu.Architecture.Tests;

/// <summary>The numbered rules of the plugin contract: what stands in the list is tested, what tests and comments name stands in the list.</summary>
public sealed partial class PluginRuleTests
{
    private const string List = "src/Emu.Plugins/RULES.md";

    private static readonly HashSet<string> Rules = [.. Row().Matches(Repository.Read(List)).Select(m => m.Groups[1].Value)];

    [Test]
    public async Task Every_rule_has_a_test_that_names_it()
    {
        var tested = Texts("tests/").SelectMany(text => Test().Matches(text)).Select(m => m.Groups[1].Value).ToHashSet();
        await Assert.That(Rules).IsNotEmpty();
        await Assert.That(tested.Order()).IsEquivalentTo(Rules.Order(), CollectionOrdering.Matching);
    }

    [Test]
    public async Task Every_rule_that_a_comment_names_is_in_the_list() =>
        await Assert.That(Texts("src/").SelectMany(text => Mention().Matches(text)).Select(m => m.Groups[1].Value).Except(Rules)).IsEmpty();

    private static IEnumerable<string> Texts(string room) =>
        Repository.Files.Where(f => f.StartsWith(room, StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal)).Select(Repository.Read);

    [GeneratedRegex(@"^\| (R\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // The name of a test method, which may name several rules.
    [GeneratedRegex(@"(?<=(?:void|Task) (?:\w*_)?)(R\d+)_(?=\w+\()")]
    private static partial Regex Test();

    [GeneratedRegex(@"[(, ](R\d+)(?=[),])")]
    private static partial Regex Mention();
}
