using System.Runtime.Intrinsics.X86;

namespace Emu.Backend.X64;

/// <summary>
/// What the host's processor can do, asked of itself: the compiler's own answers are those for the oldest processor that the file was compiled for. Intel SDM volume
/// 2, CPUID.
/// </summary>
internal static class HostFeatures
{
    private const int Fma = 1 << 12, Popcnt = 1 << 23, OsXSave = 1 << 27, Avx = 1 << 28, Bmi1 = 1 << 3, Bmi2 = 1 << 8, Lzcnt = 1 << 5;

    /// <summary>The first of the needed features that the processor lacks, or null.</summary>
    public static string? Missing
    {
        get
        {
            if (!X86Base.IsSupported)
                return "64-bit x86";
            var (_, _, basic, _) = X86Base.CpuId(1, 0);
            var extended = X86Base.CpuId(0, 0).Eax >= 7 ? X86Base.CpuId(7, 0).Ebx : 0;
            var others = X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0 ? X86Base.CpuId(unchecked((int)0x80000001), 0).Ecx : 0;
            return
                (basic & Avx) == 0 || (basic & OsXSave) == 0 ? "AVX" :
                (basic & Fma) == 0 ? "FMA" :
                (basic & Popcnt) == 0 ? "POPCNT" :
                (others & Lzcnt) == 0 ? "LZCNT" :
                (extended & Bmi1) == 0 ? "BMI1" :
                (extended & Bmi2) == 0 ? "BMI2" :
                null;
        }
    }
}
