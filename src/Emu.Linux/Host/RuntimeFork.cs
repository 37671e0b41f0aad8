using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>
/// Copying a process that the runtime runs in. The copy has one thread, but the runtime's list names all of the parent's; they must all have been in native code, and the copy's own
/// thread has a new number, under which the runtime's signal handler has to find it.
/// </summary>
/// <remarks>
/// The functions of the runtime are linked by name: one that renames them breaks the build, not the child. <c>_Fork</c> unlike <c>fork</c> leaves the stacks of the parent's other
/// threads alone; the C library would give them to new threads while the runtime still knows the old ones there.
/// </remarks>
internal static partial class RuntimeFork
{
    private static int s_collections;
    private static bool s_isChild;

    /// <summary>False where code is compiled while it runs: that runtime has threads of its own that nobody can stop.</summary>
    public static bool IsSupported => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Waits until the finaliser thread rests, which all others must do already.</summary>
    public static void SettleFinalizer()
    {
        var collections = GC.CollectionCount(0);
        // A child has no such thread.
        if (collections == s_collections || s_isChild)
            return;
        s_collections = collections;
        GC.WaitForPendingFinalizers();
    }

    /// <summary>fork(2): the child's number, 0 in the child, or minus errno.</summary>
    public static int Fork()
    {
        var child = LibraryFork();
        if (child < 0)
            return -Marshal.GetLastPInvokeError();
        if (child == 0)
        {
            s_isChild = true;
            InsertThread((nuint)HostProcess.ThreadId, CurrentThread());
        }

        return child;
    }

    [LibraryImport("libc", EntryPoint = "_Fork", SetLastError = true)]
    private static partial int LibraryFork();

    [DllImport("rt", EntryPoint = "_Z28InsertThreadIntoAsyncSafeMapmPv")]
    [SuppressGCTransition]
    private static extern void InsertThread(nuint number, nint thread);

    [DllImport("rt", EntryPoint = "RhpGetThread")]
    [SuppressGCTransition]
    private static extern nint CurrentThread();
}
