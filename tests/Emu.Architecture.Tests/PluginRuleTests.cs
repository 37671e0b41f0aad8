using System.Text.RegularExpressions;
using Assert = Xunit.Assert;

namespace Emu.Architecture.Tests;

/// <summary>The numbered rules of the plugin contract: what stands in the list is tested, what tests and comments name stands in the list.</summary>
public sealed partial class PluginRuleTests
{
    private const string List = "src/Emu.Plugins/RULES.md";

    private static readonly HashSet<string> Rules = [.. Row().Matches(Repository.Read(List)).Select(m => m.Groups[1].Value)];

    [Test]
    public void Every_rule_has_a_test_that_names_it()
    {
        var tested = Texts("tests/").SelectMany(text => Test().Matches(text)).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(Rules);
        Assert.Equal(Rules.Order(), tested.Order());
    }

    [Test]
    public void Every_rule_that_a_comment_names_is_in_the_list() =>
        Assert.Empty(Texts("src/").SelectMany(text => Mention().Matches(text)).Select(m => m.Groups[1].Value).Except(Rules));

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
