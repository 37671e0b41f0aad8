using System.Runtime.InteropServices;

namespace Emu.Cli.Running;

/// <summary>Ends this process by a signal, as the guest was ended: whoever waits sees the same status.</summary>
internal static partial class OwnSignal
{
    private const nint DefaultAction = 0;

    /// <summary>Dies by the signal. Returns only if the signal does not end processes.</summary>
    public static void DieBy(int signal)
    {
        // The runtime has handlers of its own for some signals, and a guest's death is no reason for a core of the emulator.
        var noCore = default(ResourceLimit);
        _ = SetResourceLimit(CoreLimit, in noCore);
        _ = SetHandler(signal, DefaultAction);
        _ = Kill(Environment.ProcessId, signal);
    }

    private const int CoreLimit = 4;

    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetResourceLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
