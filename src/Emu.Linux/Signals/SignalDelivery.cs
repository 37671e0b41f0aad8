using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Linux.Process;
using Emu.Plugins;

namespace Emu.Linux.Signals;

/// <summary>
/// Raises signals for guest threads and carries them out: default actions, or the guest's handlers, which run when the thread is about to go on in guest
/// code. Methods run on the thread's own vCPU.
/// </summary>
internal sealed class SignalDelivery(LinuxProcess process, IGuest guest)
{
    // Most programs never need it. Two threads may make one each: they are equal.
    private SignalFrame Frame => field ??= process.Guest.SignalFrame(guest);

    /// <summary>A signal for the thread; it is carried out by <see cref="Deliver"/>.</summary>
    public void Raise(LinuxThread thread, in SignalInfo info)
    {
        if ((thread.SignalMask & SignalFacts.Bit(info.Signal)) != 0 || !process.Signals.IsIgnored(info.Signal))
            thread.Pending.Add(info);
    }

    /// <summary>A signal for what the thread itself just did: it is carried out at once and cannot be blocked or ignored (signal(7)).</summary>
    public void Force(LinuxThread thread, SignalInfo info)
    {
        if (!TryAsk(thread, ref info))
            return;
        var action = process.Signals[info.Signal];
        process.Trace?.Write($"--- {Describe(info.Signal)} {{si_code={(int)info.Code}, si_addr=0x{info.Address:x}}} at 0x{thread.VCpu.Pc:x} ---");
        if (!action.IsHandler || (thread.SignalMask & SignalFacts.Bit(info.Signal)) != 0)
            Kill(thread, info.Signal, info.Address);
        else
            Handle(thread, info, action, DiscontinuityKind.Exception);
    }

    /// <summary>Carries out what waits for the thread and is not blocked.</summary>
    public void Deliver(LinuxThread thread)
    {
        while (!thread.HasEnded && thread.Pending.TryTake(thread.SignalMask & ~SignalFacts.AbsoluteBits, out var info))
        {
            if (!TryAsk(thread, ref info))
            {
                Repeat(thread);
                continue;
            }

            var action = process.Signals[info.Signal];
            process.Trace?.Write($"--- {Describe(info.Signal)} {{si_code={(int)info.Code}, si_pid={info.Process}}} ---");
            if (SignalFacts.IsAbsolute(info.Signal) || action.Handler == SignalAction.Default)
                DoDefault(thread, info);
            else if (action.IsHandler)
                Handle(thread, info, action, DiscontinuityKind.Interrupt);
        }

        // Without a handler to return from, the mask of before rt_sigsuspend comes back here.
        thread.SignalMask = thread.MaskToRestore ?? thread.SignalMask;
        thread.MaskToRestore = null;
    }

    /// <summary>Ends a handler: the thread goes on where the signal found it (rt_sigreturn(2)).</summary>
    public void Return(LinuxThread thread)
    {
        var call = thread.VCpu.Pc - process.Guest.SyscallLength;
        if (Frame.TryPop(thread))
            LinuxProcess.TellDiscontinuity(thread, DiscontinuityKind.Return, call, 0);
        else
            Force(thread, SignalInfo.OfFault(Signal.SIGSEGV, SignalCode.NotMapped, 0));
    }

    private void Handle(LinuxThread thread, in SignalInfo info, in SignalAction action, DiscontinuityKind kind)
    {
        // The interrupted call is made again after the handler (signal(7), SA_RESTART).
        if (thread.Restart is { IsUndone: true } || (action.Flags & SignalActionFlags.Restart) != 0)
            Repeat(thread);
        thread.Restart = null;
        var mask = thread.SignalMask;
        thread.SignalMask = thread.MaskToRestore ?? mask;
        thread.MaskToRestore = null;
        var interrupted = thread.VCpu.Pc;
        if (!Frame.TryPush(thread, info, action, process.SignalReturn))
        {
            // No room on the stack: a fault of its own, which a handler of SIGSEGV would not have room for either.
            Kill(thread, Signal.SIGSEGV, thread.VCpu.Register(process.Abi.StackPointer));
            return;
        }

        thread.SignalMask = mask | action.Mask;
        if ((action.Flags & SignalActionFlags.DoNotBlockItself) == 0)
            thread.SignalMask |= SignalFacts.Bit(info.Signal);
        if ((action.Flags & SignalActionFlags.Once) != 0)
            process.Signals[info.Signal] = action with { Handler = SignalAction.Default };
        thread.VCpu.Debug?.EnterHandler();
        LinuxProcess.TellDiscontinuity(thread, kind, interrupted, (int)info.Signal);
    }

    /// <summary>Has the call made again that a signal has interrupted, if there is one.</summary>
    private void Repeat(LinuxThread thread)
    {
        if (thread.Restart is not { } call)
            return;
        thread.VCpu.Pc -= process.Guest.SyscallLength;
        thread.VCpu.Register(process.Abi.Arguments[0]) = call.FirstArgument;
        thread.Restart = null;
    }

    /// <summary>Shows a signal to the debugger, if there is one, who may put another in its place; false if it wants none delivered.</summary>
    private static bool TryAsk(LinuxThread thread, ref SignalInfo info)
    {
        if (thread.VCpu.Debug is not { } debug)
            return true;
        if (thread.IsGivenByDebugger(info.Signal))
            return true;
        thread.Shown = info;
        var wanted = (Signal)debug.Ask((int)info.Signal);
        if (wanted != info.Signal)
            info = SignalInfo.OfSelf(wanted, SignalCode.Kill);
        return wanted != 0 && !thread.HasEnded;
    }

    private void DoDefault(LinuxThread thread, in SignalInfo info)
    {
        switch (SignalFacts.DefaultOf(info.Signal))
        {
            case DefaultAction.Terminate or DefaultAction.DumpCore:
                Kill(thread, info.Signal, address: null, info.Process);
                break;
            case DefaultAction.Stop:
                Host.HostSignals.StopThisProcess();
                break;
        }
    }

    private void Kill(LinuxThread thread, Signal signal, ulong? address, int sender = 0)
    {
        process.Trace?.Write($"+++ killed by {Describe(signal)} +++");
        process.End(new GuestExit(0, (int)signal) { Site = new DeathSite(Describe(signal), thread.VCpu.Pc, address, sender) });
    }

    private static string Describe(Signal signal) => Enum.GetName(signal) ?? $"signal {(int)signal}";
}
