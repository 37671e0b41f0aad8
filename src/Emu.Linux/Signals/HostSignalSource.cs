using System.Runtime.InteropServices;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Signals;

/// <summary>
/// Brings signals that others send to the host process to the guest: from timers, terminals, other processes. As long as the guest has no handler for a signal, the
/// host's kernel does for the host process what it would do for the guest. Once it has, the runtime catches the signal and this class hands it on.
/// </summary>
internal sealed class HostSignalSource(LinuxProcess process) : IDisposable
{
    private readonly Dictionary<Signal, PosixSignalRegistration> _registrations = [];

    /// <summary>Has the signal handed on from now on, to whichever thread does not block it.</summary>
    public void Listen(LinuxThread thread, Signal signal)
    {
        if (!HostSignals.CanBeCaught(signal))
            return;
        PrepareToWait(thread);
        HostSignals.KeepFromThisThread(signal);
        lock (_registrations)
        {
            if (_registrations.ContainsKey(signal))
                return;
            // The first registration opens a pipe, which must not take the number of the guest's next file.
            if (_registrations.Count == 0)
                HostDescriptors.OpenAside(() => Register(signal));
            else
                Register(signal);
        }
    }

    private PosixSignalRegistration Register(Signal signal) => _registrations[signal] = PosixSignalRegistration.Create((PosixSignal)(int)signal, OnSignal);

    /// <summary>The thread that calls can be interrupted in system calls from now on.</summary>
    public void PrepareToWait(LinuxThread thread)
    {
        HostSignals.PrepareInterrupts();
        thread.HostId = HostSignals.ThisThread();
    }

    public void Dispose()
    {
        lock (_registrations)
        {
            foreach (var registration in _registrations.Values)
                registration.Dispose();
            _registrations.Clear();
        }
    }

    /// <summary>On a thread of the runtime's.</summary>
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // the runtime must not do what it does by default
        var signal = (Signal)(int)context.Signal;
        var handled = new Notice();
        if (process.TrySend(new SignalInfo { Signal = signal, Code = SignalCode.Kill }, () => handled.Given = true) is not { } thread)
            return;
        // The thread may be about to block in a system call that it entered before it could see the signal: one interruption would come too early.
        while (!handled.Given && thread.Notices(signal) && process.Exit is null)
        {
            HostSignals.Interrupt(thread.HostId);
            Thread.Sleep(1);
        }
    }

    private sealed class Notice
    {
        private volatile bool _value;

        public bool Given { get => _value; set => _value = value; }
    }
}
