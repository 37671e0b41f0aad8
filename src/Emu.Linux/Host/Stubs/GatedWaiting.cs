using Emu.Engine.Execution;

namespace Emu.Linux.Host.Stubs;

/// <summary>Waiting of vCPU threads through the stub: a thread that waits can be kept there while the process is copied.</summary>
internal sealed unsafe class GatedWaiting : IWordWaiting
{
    private const int WaitOperation = 128;     // FUTEX_WAIT | FUTEX_PRIVATE_FLAG
    private const int WakeOperation = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG

    /// <inheritdoc/>
    public void Wait(int* word, int value)
    {
        var control = HostThread.Control;
        // A signal that waits already is for later: it must not turn waiting into spinning.
        var pending = control is null ? 0 : Interlocked.Exchange(ref control->Pending, 0);
        Kernel.Guest(HostCall.Futex, (nint)word, WaitOperation, value);
        if (pending != 0)
            Interlocked.Or(ref control->Pending, pending);
    }

    /// <inheritdoc/>
    public void WakeAll(int* word) => Kernel.Call(HostCall.Futex, (nint)word, WakeOperation, int.MaxValue);
}
