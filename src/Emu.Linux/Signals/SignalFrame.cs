using Emu.Linux.Process;

namespace Emu.Linux.Signals;

/// <summary>How an architecture keeps a thread's state on its stack while a signal handler runs. Stateless; methods run on the thread's own vCPU.</summary>
internal abstract class SignalFrame
{
    /// <summary>Saves the thread's state and sets it to the start of the handler; false if the stack has no room, and nothing has changed.</summary>
    public abstract bool TryPush(LinuxThread thread, in SignalInfo info, in SignalAction action, ulong trampoline);

    /// <summary>Takes the state back from the stack; false if that is not readable.</summary>
    public abstract bool TryPop(LinuxThread thread);

    /// <summary>Where the stack of a handler begins, growing down.</summary>
    protected static ulong StackFor(LinuxThread thread, in SignalAction action, ulong stackPointer)
    {
        var other = thread.AlternateStack;
        var wanted = (action.Flags & SignalActionFlags.OnAlternateStack) != 0 && !other.IsDisabled && !other.Holds(stackPointer);
        return wanted ? other.Address + other.Size : stackPointer;
    }
}
