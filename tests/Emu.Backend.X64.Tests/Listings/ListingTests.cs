using System.Text;
using Emu.Backend.Tests.Differential;

namespace Emu.Backend.X64.Tests.Listings;

/// <summary>
/// The machine code of each op is the one in <c>ops.txt</c>, where a change of it shows for review. To write it anew, from this folder's project:
/// <c>EMU_WRITE_LISTINGS=$PWD/Listings/ops.txt dotnet run -c Release -- --treenode-filter '/*/*/ListingTests/*'</c>.
/// </summary>
public sealed class ListingTests
{
    private const string Variable = "EMU_WRITE_LISTINGS";

    [Test]
    public async Task Each_op_becomes_the_machine_code_that_is_listed()
    {
        Skip.When((HostFeatures.Present & ~HostFeatures.Needed) != (HostFeature.Fma | HostFeature.Popcnt | HostFeature.Lzcnt), "the lists are those of a host with all features");
        var listing = Write();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
            File.WriteAllText(path, listing);
        else
            await Assert.That(listing).IsEqualTo(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Listings", "ops.txt"))).Because($"it is written anew with {Variable}");
    }

    private static string Write()
    {
        var text = new StringBuilder();
        foreach (var (title, block) in ListedOps.All)
        {
            // A run each: what was emitted before must not matter.
            using var run = new X64Run();
            text.Append("== ").Append(title).Append('\n').Append(Listing.Of(run, block));
        }

        return text.ToString();
    }
}
