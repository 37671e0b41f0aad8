using Emu.Linux.Signals;

namespace Emu.Linux.Host.Stubs;

/// <summary>
/// The host's side of a guest thread: its control block and alternate stack. While attached, a thread makes the guest's calls through the stub, and signals are recorded for it.
/// Members are for the thread itself unless they say otherwise.
/// </summary>
internal static unsafe class HostThread
{
    /// <summary>rt_sigprocmask(2) sets the mask as it is given: SIG_SETMASK.</summary>
    public const int SetMask = 2;

    private const int StackBytes = 32 * 1024; // the kernel's frame with the largest register sets is 11 KiB
    private const int MaxThreads = 16 * 1024;
    private const int SetSize = sizeof(ulong);
    private const int ReadWrite = 3;
    private const int PrivateReserved = 0x4022; // MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE

    private static readonly Lock Changes = new();
    private static readonly Stack<nint> FreeStacks = [];
    private static int s_used;
    private static volatile nint[] s_attached = [];

    [ThreadStatic]
    private static ThreadControl* t_control;

    /// <summary>The calling thread's control block, or null if it is not attached.</summary>
    public static ThreadControl* Control => t_control;

    /// <summary>The control blocks of all attached threads: a snapshot, for any thread.</summary>
    public static nint[] Attached => s_attached;

    /// <summary>Gives the thread a control block and an alternate stack. The signals that it blocks stay as they are.</summary>
    /// <exception cref="OutOfMemoryException">There are too many threads.</exception>
    public static ThreadControl* Attach()
    {
        var control = (ThreadControl*)Take();
        *control = default;
        var stack = new SignalStack { Address = (ulong)control, Size = StackBytes };
        Kernel.Call(HostCall.Sigaltstack, (nint)(&stack));
        t_control = control;
        lock (Changes)
            s_attached = [.. s_attached, (nint)control];
        return control;
    }

    /// <summary>Takes both away again. No signal may come any more that has the handler of the stub page.</summary>
    public static void Detach()
    {
        var stack = new SignalStack { Flags = SignalStack.Disabled };
        Kernel.Call(HostCall.Sigaltstack, (nint)(&stack));
        var control = (nint)t_control;
        t_control = null;
        Release(control);
    }

    /// <summary>In a forked child: only the calling thread is left.</summary>
    public static void ForgetOthers()
    {
        foreach (var other in s_attached)
            if (other != (nint)t_control)
                Release(other);
    }

    /// <summary>Sets which signals of the host wait in the kernel; answers those that did.</summary>
    public static ulong Block(ulong set)
    {
        ulong old;
        Kernel.Call(HostCall.RtSigprocmask, SetMask, (nint)(&set), (nint)(&old), SetSize);
        return old;
    }

    /// <summary>The signals that the kernel keeps back from the thread now.</summary>
    public static ulong Blocked()
    {
        ulong old;
        Kernel.Call(HostCall.RtSigprocmask, 0, 0, (nint)(&old), SetSize);
        return old;
    }

    private static void Release(nint control)
    {
        lock (Changes)
        {
            s_attached = Array.FindAll(s_attached, other => other != control);
            FreeStacks.Push(control);
        }
    }

    private static nint Take()
    {
        lock (Changes)
        {
            if (FreeStacks.TryPop(out var free))
                return free;
            var stacks = StubPage.Stacks;
            if (stacks[0] == 0)
            {
                stacks[0] = (nint)Kernel.Call(HostCall.Mmap, 0, (nint)MaxThreads * StackBytes, 0, PrivateReserved, -1, 0);
                stacks[1] = (nint)MaxThreads * StackBytes;
            }

            var next = stacks[0] + (nint)s_used * StackBytes;
            if (stacks[0] < 0 || s_used == MaxThreads || Kernel.Call(HostCall.Mprotect, next, StackBytes, ReadWrite) != 0)
                throw new OutOfMemoryException("no alternate stack for another thread");
            s_used++;
            return next;
        }
    }
}
