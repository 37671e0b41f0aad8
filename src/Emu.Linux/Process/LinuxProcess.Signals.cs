using Emu.Engine.Execution;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

// From the records of signals, which the machine code of the stub page makes, to the guest.
public sealed unsafe partial class LinuxProcess
{
    /// <inheritdoc/>
    public bool OnAttention(VCpuContext vcpu)
    {
        var thread = ThreadOf(vcpu);
        DeliverSignals(thread);
        return GoesOn(thread);
    }

    /// <summary>Takes what has come for the thread, and lets the next signal come if it is not blocked. Nothing is carried out.</summary>
    internal void TakeSignals(LinuxThread thread)
    {
        do
        {
            TakeRecords(thread);
        }
        while (!thread.TryApplyMask());
    }

    /// <summary>Carries out all that has come for the thread and is not blocked.</summary>
    private void DeliverSignals(LinuxThread thread)
    {
        do
        {
            TakeRecords(thread);
            if (thread.Pending.Bits != 0 || thread.MaskToRestore is not null)
                Delivery.Deliver(thread);
        }
        while (!thread.TryApplyMask() && !thread.HasEnded);
    }

    private void TakeRecords(LinuxThread thread)
    {
        if (!thread.HasArrived)
            return;
        var control = thread.Control;
        var records = (SignalInfo*)control->Infos;
        for (var number = 0; number < ThreadControl.Records; number++)
        {
            if ((Volatile.Read(ref control->Pending) & (1 << number)) == 0)
                continue;
            var info = records[number];
            var isOwn = control->WasAway == 0;
            Interlocked.And(ref control->Pending, ~(1 << number));
            thread.HostMask = SignalFacts.Shut; // the handler has shut it, whichever signal it was
            Accept(thread, info, isOwn);
        }
    }

    /// <param name="thread">Who has it.</param>
    /// <param name="info">What came.</param>
    /// <param name="isOwn">The thread was not in a call of the guest's.</param>
    private void Accept(LinuxThread thread, SignalInfo info, bool isOwn)
    {
        if (info.Code == SignalCode.WakeUp)
            return;
        if (info.Code == SignalCode.ThreadKillOfGuest)
            info.Code = SignalCode.ThreadKill;
        // What the emulator wrote itself, to a log or a report, is not the guest's matter.
        if (info.Signal == Signal.SIGPIPE && isOwn && info.Code == SignalCode.Kill && info.Process == HostProcess.Id)
            return;
        Delivery.Raise(thread, info);
    }
}
