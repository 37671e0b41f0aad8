namespace Emu.Linux.Host;

/// <summary>Waiting for a word of native memory, of short duration: a thread that waits here is not kept when the process is copied.</summary>
internal static unsafe class HostFutex
{
    private const int WaitOperation = 128;     // FUTEX_WAIT | FUTEX_PRIVATE_FLAG
    private const int WakeOperation = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG

    /// <summary>Waits while the word has the value; may return early.</summary>
    public static void Wait(int* word, int value) => Kernel.Call(HostCall.Futex, (nint)word, WaitOperation, value);

    /// <summary>Wakes everybody who waits for the word.</summary>
    public static void WakeAll(int* word) => Kernel.Call(HostCall.Futex, (nint)word, WakeOperation, int.MaxValue);
}
