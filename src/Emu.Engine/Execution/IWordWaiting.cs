using System.Runtime.InteropServices;

namespace Emu.Engine.Execution;

/// <summary>How threads wait for a word of native memory to change (futex(2)). Locks made of such words can be put right in a forked child, which no lock of the runtime can.</summary>
public unsafe interface IWordWaiting
{
    /// <summary>Waits while the word has the value; may return early.</summary>
    void Wait(int* word, int value);

    /// <summary>Wakes everybody who waits for the word.</summary>
    void WakeAll(int* word);
}

/// <summary>The host's futexes, asked directly.</summary>
internal sealed unsafe partial class FutexWaiting : IWordWaiting
{
    private const int WaitOperation = 128;     // FUTEX_WAIT | FUTEX_PRIVATE_FLAG
    private const int WakeOperation = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <inheritdoc/>
    public void Wait(int* word, int value) => SysCall(Number, word, WaitOperation, value, null);

    /// <inheritdoc/>
    public void WakeAll(int* word) => SysCall(Number, word, WakeOperation, int.MaxValue, null);

    // Variadic in C; the arguments travel in registers all the same on x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SysCall(nint number, int* word, nint operation, nint value, void* timeout);
}
