namespace Emu.Gdb.Session;

/// <summary>GDB's own numbers of signals (include/gdb/signals.def) and those of Linux.</summary>
internal static class GdbSignals
{
    private const int FirstRealTime = 32;
    private const int LastRealTime = 64;
    private const int Unknown = 143; // GDB_SIGNAL_UNKNOWN

    /// <summary>By Linux number; 0 where GDB has none.</summary>
    private static readonly byte[] ToGdb =
    [
        0, 1, 2, 3, 4, 5, 6, 10, 8, 9, 30, 11, 31, 13, 14, 15, 0, 20, 19, 17, 18, 21, 22, 16, 24, 25, 26, 27, 28, 23, 32, 12,
    ];

    /// <summary>GDB's number of a signal of Linux.</summary>
    public static int Of(int signal) => signal switch
    {
        >= 0 and < FirstRealTime => ToGdb[signal] is 0 && signal != 0 ? Unknown : ToGdb[signal],
        FirstRealTime => 77,
        LastRealTime => 78,
        < LastRealTime => signal + 12,
        _ => Unknown,
    };

    /// <summary>The signal of Linux, or 0 if there is none.</summary>
    public static int ToLinux(int number)
    {
        for (var signal = 1; signal <= LastRealTime; signal++)
            if (Of(signal) == number && number != Unknown)
                return signal;
        return 0;
    }
}
