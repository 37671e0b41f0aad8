using System.Runtime.CompilerServices;

namespace Emu.Backend.Tests.Differential;

/// <summary>A scoreboard with an entry per vCPU, at a fixed address; one per test thread.</summary>
internal static unsafe class Scoreboards
{
    /// <summary>Number of vCPUs, and so of entries.</summary>
    public const int VCpus = 4;

    /// <summary>Bytes from one entry to the next.</summary>
    public const int Stride = 24;

    [ThreadStatic]
    private static ulong[]? t_entries;

    private static ulong[] Words => t_entries ??= GC.AllocateArray<ulong>(VCpus * Stride / sizeof(ulong), pinned: true);

    /// <summary>Address of vCPU 0's entry.</summary>
    public static nint Address => (nint)Unsafe.AsPointer(ref Words[0]);

    public static void Clear() => Array.Clear(Words);

    /// <summary>All words, those between the entries too.</summary>
    public static string Text => string.Join(' ', Words);
}
