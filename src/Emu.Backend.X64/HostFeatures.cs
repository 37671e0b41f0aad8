using System.Runtime.Intrinsics.X86;

namespace Emu.Backend.X64;

/// <summary>What a processor can do beyond the first 64-bit x86, as far as this backend uses it. Intel SDM volume 2, CPUID.</summary>
[Flags]
public enum HostFeature
{
    /// <summary>Nothing more.</summary>
    None = 0,
    /// <summary>Vector instructions of three operands, and an operating system that saves their registers. Needed.</summary>
    Avx = 1,
    /// <summary>Fused multiply-add; without it managed code does that.</summary>
    Fma = 2,
    /// <summary>Number of ones; without it managed code does that.</summary>
    Popcnt = 4,
    /// <summary>Number of leading zeros; without it managed code does that.</summary>
    Lzcnt = 8,
    /// <summary>And with complement, number of trailing zeros. Needed.</summary>
    Bmi1 = 16,
    /// <summary>Shifts by any register that leave the flags. Needed.</summary>
    Bmi2 = 32,
}

/// <summary>
/// What the host's processor can do, asked of itself: the compiler's own answers are those for the oldest processor that the file was compiled for.
/// </summary>
public static class HostFeatures
{
    private const int BasicFma = 1 << 12, BasicPopcnt = 1 << 23, OsXSave = 1 << 27, BasicAvx = 1 << 28, ExtendedBmi1 = 1 << 3, ExtendedBmi2 = 1 << 8, OtherLzcnt = 1 << 5;

    private static readonly (string Name, HostFeature Feature)[] Table =
    [
        ("avx", HostFeature.Avx), ("bmi1", HostFeature.Bmi1), ("bmi2", HostFeature.Bmi2),
        ("fma", HostFeature.Fma), ("popcnt", HostFeature.Popcnt), ("lzcnt", HostFeature.Lzcnt),
    ];

    /// <summary>What every block may use.</summary>
    public const HostFeature Needed = HostFeature.Avx | HostFeature.Bmi1 | HostFeature.Bmi2;

    /// <summary>The names of all features, in small letters.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Table, static row => row.Name);

    /// <summary>What this host has.</summary>
    public static HostFeature Present { get; } = Ask();

    /// <summary>The feature of that name; false if there is none.</summary>
    public static bool TryParse(string name, out HostFeature feature)
    {
        feature = Array.Find(Table, row => row.Name == name).Feature;
        return feature != HostFeature.None;
    }

    /// <summary>The name of the first needed feature that is not among these, or null.</summary>
    internal static string? MissingIn(HostFeature features) =>
        Array.Find(Table, row => (Needed & ~features & row.Feature) != 0).Name?.ToUpperInvariant();

    private static HostFeature Ask()
    {
        if (!X86Base.IsSupported)
            return HostFeature.None;
        var (_, _, basic, _) = X86Base.CpuId(1, 0);
        var extended = X86Base.CpuId(0, 0).Eax >= 7 ? X86Base.CpuId(7, 0).Ebx : 0;
        var others = X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0 ? X86Base.CpuId(unchecked((int)0x80000001), 0).Ecx : 0;
        return
            ((basic & BasicAvx) != 0 && (basic & OsXSave) != 0 ? HostFeature.Avx : 0) |
            ((basic & BasicFma) != 0 ? HostFeature.Fma : 0) |
            ((basic & BasicPopcnt) != 0 ? HostFeature.Popcnt : 0) |
            ((others & OtherLzcnt) != 0 ? HostFeature.Lzcnt : 0) |
            ((extended & ExtendedBmi1) != 0 ? HostFeature.Bmi1 : 0) |
            ((extended & ExtendedBmi2) != 0 ? HostFeature.Bmi2 : 0);
    }
}
