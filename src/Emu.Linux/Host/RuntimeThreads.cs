namespace Emu.Linux.Host;

/// <summary>
/// Threads that the runtime has started. They block nothing by themselves, so the kernel would give them signals for the process that all of the guest's threads block: a default
/// action would end the process, real-time signals would lose their order, and signalfd(2) would not see them.
/// </summary>
internal static unsafe class RuntimeThreads
{
    /// <summary>
    /// Has all other threads of this process block all signals, the runtime's own included: who collects waits for them until they leave managed code, where they
    /// hardly ever are. While they are told their order is kept: the kernel hands a thread what was sent to it before what was sent to the process. Before the first thread
    /// of the guest starts, and with handlers in place.
    /// </summary>
    public static void Deafen()
    {
        // A thread of the runtime opens itself to the runtime's signal when it starts, which may be now: it has done that when it answers.
        GC.WaitForPendingFinalizers();
        var directory = HostFiles.Open("/proc/self/task"u8.ToArray(), HostFiles.OpenReadOnly | HostFiles.OpenCloseOnExec);
        // Without /proc the guest runs all the same; the stub page then sends on what comes to these threads.
        if (directory < 0)
            return;
        var buffer = stackalloc byte[1024];
        int length;
        while ((length = (int)Kernel.Call(HostCall.Getdents64, directory, (nint)buffer, 1024)) > 0)
            for (var entries = new Span<byte>(buffer, length); entries.Length > 0; entries = entries[DirectoryEntry.Size(entries)..])
                if (DirectoryEntry.TryNumber(entries, out var thread) && thread != HostProcess.ThreadId)
                    HostSignals.WakeUp(thread);
        HostFiles.Close(directory);
    }
}
