using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Emu.Children;

/// <summary>The C library's functions that start and await processes (posix_spawn(3), waitid(2), wait4(2)).</summary>
internal static unsafe partial class NativeSpawn
{
    /// <summary>More than glibc's or musl's attribute, action and set structures need.</summary>
    private const int StructureRoom = 1024;

    private const short SetGroup = 2;          // POSIX_SPAWN_SETPGROUP, of its own as long as none is named
    private const short SetSignalMask = 8;     // POSIX_SPAWN_SETSIGMASK
    private const short SetSignalDefaults = 4; // POSIX_SPAWN_SETSIGDEF
    private const int CloseOnExec = 0x80000;   // O_CLOEXEC
    private const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER
    private const int ProcessOfId = 1;         // P_PID
    private const int ProcessOfGroup = 2;      // P_PGID
    private const int Exited = 4;              // WEXITED
    private const int LeaveWaitable = 0x1000000; // WNOWAIT

    /// <summary>A pipe whose ends are not inherited.</summary>
    public static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (MakePipe(ends, CloseOnExec) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return (new SafeFileHandle(ends[0], true), new SafeFileHandle(ends[1], true));
    }

    /// <summary>Starts a process with these standard streams, in a process group of its own if asked; returns its id.</summary>
    public static int Start(Launch launch, SafeFileHandle input, SafeFileHandle output, SafeFileHandle error, bool group = false)
    {
        byte* actions = stackalloc byte[StructureRoom], attributes = stackalloc byte[StructureRoom], signals = stackalloc byte[StructureRoom];
        using var program = new NativeTexts([Encoding.UTF8.GetBytes(launch.Program)]);
        using var directory = new NativeTexts([Encoding.UTF8.GetBytes(launch.Directory)]);
        using var arguments = new NativeTexts([Encoding.UTF8.GetBytes(launch.Program), .. launch.Arguments]);
        using var environment = new NativeTexts(launch.Environment);
        Check(InitActions(actions));
        Check(AddDirectory(actions, directory.Pointers[0]));
        Check(AddDuplicate(actions, (int)input.DangerousGetHandle(), 0));
        Check(AddDuplicate(actions, (int)output.DangerousGetHandle(), 1));
        Check(AddDuplicate(actions, (int)error.DangerousGetHandle(), 2));
        Check(InitAttributes(attributes));
        Check(SetFlags(attributes, (short)(SetSignalMask | SetSignalDefaults | (group ? SetGroup : 0))));
        Check(EmptySet(signals));
        Check(SetMask(attributes, signals));
        Check(FillSet(signals));
        Check(SetDefaults(attributes, signals));
        var failure = Spawn(out var id, program.Pointers[0], actions, attributes, arguments.Pointers, environment.Pointers);
        Check(DestroyActions(actions));
        Check(DestroyAttributes(attributes));
        return failure == 0 ? id : throw new Win32Exception(failure, $"cannot start {launch.Program} in {launch.Directory}: {Marshal.GetPInvokeErrorMessage(failure)}");
    }

    /// <summary>Sends a signal.</summary>
    public static void Send(int process, int signal) => _ = SendSignal(process, signal);

    /// <summary>Waits until a child, or with a negative number one of that group, has ended, and leaves its id in use.</summary>
    public static void WaitUntilEnded(int process)
    {
        var information = stackalloc byte[StructureRoom];
        while (WaitFor(process > 0 ? ProcessOfId : ProcessOfGroup, Math.Abs(process), information, Exited | LeaveWaitable) != 0)
            if (Marshal.GetLastPInvokeError() != 4) // EINTR
                throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Takes the status of a child that has ended: its exit code, or -1 and the signal that killed it; and what it used.</summary>
    public static (int ExitCode, int Signal, ResourceUsage Usage) Reap(int process)
    {
        if (WaitForProcess(process, out var status, 0, out var usage) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        var signal = status & 0x7f;
        return signal != 0 ? (-1, signal, usage) : ((status >> 8) & 0xff, 0, usage);
    }

    /// <summary>Makes this process the parent of descendants whose parent has ended.</summary>
    public static void AdoptOrphans()
    {
        if (Control(SetChildSubreaper, 1, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int MakePipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnp")]
    private static partial int Spawn(out int process, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    private static partial int AddDirectory(byte* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static partial int EmptySet(byte* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial int FillSet(byte* signals);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitFor(int kind, int process, byte* information, int options);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int WaitForProcess(int process, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nint value, nint second, nint third, nint fourth);
}
