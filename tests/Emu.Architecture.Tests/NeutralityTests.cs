using System.Text;
using System.Text.RegularExpressions;

namespace Emu.Architecture.Tests;

/// <summary>
/// Nothing in the tree depends on, or tells of, one machine or how the project was made: no absolute paths of a builder, no package registries, no
/// notes of what is still to be done and no numbers of issues.
/// </summary>
public sealed partial class NeutralityTests
{
    [Test]
    public async Task No_file_tells_of_a_machine_or_of_the_work_on_it()
    {
        var found = new List<string>();
        foreach (var file in Repository.Files)
        {
            // Latin-1 keeps every byte, so that built programs are searched as well.
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Repository.Root, file)));
            foreach (var match in Find(text))
                found.Add($"{file}: {match.Value}");
        }

        await Assert.That(found).IsEmpty();
    }

    [Test]
    [Arguments("cd /ho" + "me/someone/emu", true)]
    [Arguments("file '/wo" + "rk/main/src'", true)]
    [Arguments("feeds: https://api.nu" + "get.org/v3", true)]
    [Arguments("apt from deb.deb" + "ian.org", true)]
    [Arguments("// TO" + "DO: later", true)]
    [Arguments("mended for iss" + "ue #12", true)]
    [Arguments("frame/wo" + "rk/load", false)]
    [Arguments("/home/", false)]
    [Arguments("a scratch file in /tmp/guest-files", false)]
    public async Task The_search_finds_what_it_should(string text, bool found)
    {
        await Assert.That(Find(text).Any()).IsEqualTo(found);
    }

    private static IEnumerable<Match> Find(string text) => MachinePath().Matches(text).Concat(Registry().Matches(text)).Concat(Note().Matches(text));

    [GeneratedRegex(@"(?<![\w.])/(home/\w+|Users/\w+|root/[\w.]+|work/\w+)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?i)\b((api\.|www\.)?nuget\.org|registry\.npmjs\.org|pypi\.org|(deb|ftp|security|snapshot)\.debian\.org|crates\.io)\b")]
    private static partial Regex Registry();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX)\b[:( ]|\b(?i:(issue|pull request|ticket) ?#?[0-9]+)\b")]
    private static partial Regex Note();
}
