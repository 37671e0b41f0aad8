using System.Globalization;
using Emu.Backend.X64;
using Emu.Engine.Translation;
using Emu.Ir.Passes;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>What <c>-d</c> asked for.</summary>
internal sealed record DebugItems
{
    private const string PassPrefix = "nopass=";
    private const string HotPrefix = "hot=";
    private const string HostPrefix = "nohost=";
    private static readonly string[] Names = ["in_asm", "ir", "out", "fault", "unimp", "verify", "nofuse", "nolower", PassPrefix + "NAME", HostPrefix + "NAME", HotPrefix + "N"];

    /// <summary>Nothing.</summary>
    public static readonly DebugItems None = new();

    public bool Input { get; init; }

    public bool Ir { get; init; }

    public bool Output { get; init; }

    public bool Fault { get; init; }

    public bool Unimplemented { get; init; }

    public bool Verify { get; init; }

    public bool Fuse { get; init; } = true;

    public bool Lower { get; init; } = true;

    public PassSet Passes { get; init; } = PassSet.All;

    /// <summary>Features of the host's processor that machine code does without.</summary>
    public HostFeature WithoutFeatures { get; init; }

    /// <summary>After how many entries a block becomes a trace; 0: never.</summary>
    public int Hot { get; init; } = new TranslationOptions().TraceAfter;

    /// <summary>True if translations are to be printed.</summary>
    public bool WantsTranslations => Input || Ir || Output;

    /// <summary>Reads the lists of all <c>-d</c> options.</summary>
    /// <exception cref="EmuFailure">A word is not known.</exception>
    public static DebugItems Parse(IEnumerable<string> lists) =>
        lists.AsValueEnumerable().SelectMany(list => list.Split(',')).Aggregate(None, With);

    private static DebugItems With(DebugItems items, string word) => word switch
    {
        "in_asm" => items with { Input = true },
        "ir" => items with { Ir = true },
        "out" => items with { Output = true },
        "fault" => items with { Fault = true },
        "unimp" => items with { Unimplemented = true },
        "verify" => items with { Verify = true },
        "nofuse" => items with { Fuse = false },
        "nolower" => items with { Lower = false },
        _ when word.StartsWith(PassPrefix, StringComparison.Ordinal) => items with { Passes = items.Passes & ~PassNamed(word[PassPrefix.Length..]) },
        _ when word.StartsWith(HostPrefix, StringComparison.Ordinal) => items with { WithoutFeatures = items.WithoutFeatures | FeatureNamed(word[HostPrefix.Length..]) },
        _ when word.StartsWith(HotPrefix, StringComparison.Ordinal) && int.TryParse(word.AsSpan(HotPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var entries) =>
            items with { Hot = entries },
        _ => throw Words.Unknown(word, "debug item", Names),
    };

    private static PassSet PassNamed(string name) =>
        IrPasses.TryParse(name, out var pass)
            ? pass
            : throw Words.Unknown(name, "pass", IrPasses.Names);

    private static HostFeature FeatureNamed(string name) =>
        HostFeatures.TryParse(name, out var feature)
            ? feature
            : throw Words.Unknown(name, "feature of the host", HostFeatures.Names);
}
