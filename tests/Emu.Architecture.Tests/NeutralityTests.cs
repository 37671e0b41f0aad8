using System.Text;
using System.Text.RegularExpressions;

namespace Emu.Architecture.Tests;

/// <summary>Nothing in the tree depends on, or tells of, one machine: no absolute paths of a builder, no package registries.</summary>
public sealed partial class NeutralityTests
{
    [Fact]
    public void No_file_names_a_machine_path_or_a_registry()
    {
        var found = new List<string>();
        foreach (var file in Repository.Files)
        {
            // Latin-1 keeps every byte, so that built programs are searched as well.
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Repository.Root, file)));
            foreach (var match in MachinePath().Matches(text).Concat(Registry().Matches(text)))
                found.Add($"{file}: {match.Value}");
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("cd /ho" + "me/someone/emu", true)]
    [InlineData("file '/wo" + "rk/main/src'", true)]
    [InlineData("feeds: https://api.nu" + "get.org/v3", true)]
    [InlineData("apt from deb.deb" + "ian.org", true)]
    [InlineData("frame/work/load", false)]
    [InlineData("/home/", false)]
    [InlineData("a scratch file in /tmp/guest-files", false)]
    public void The_search_finds_what_it_should(string text, bool found)
    {
        Assert.Equal(found, MachinePath().IsMatch(text) || Registry().IsMatch(text));
    }

    [GeneratedRegex(@"(?<![\w.])/(home/\w+|Users/\w+|root/[\w.]+|work/\w+)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?i)\b((api\.|www\.)?nuget\.org|registry\.npmjs\.org|pypi\.org|(deb|ftp|security|snapshot)\.debian\.org|crates\.io)\b")]
    private static partial Regex Registry();
}
