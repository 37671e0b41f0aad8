using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>
/// Threads of the C library. Unlike the runtime's, they can be joined so that nothing of them is left, and their stacks have a size of our choice. Each answers 0 or errno.
/// </summary>
internal static unsafe partial class HostThreads
{
    private const int StackBytes = 1 << 20; // of which a guest thread touches little
    private const int AttributeBytes = 64;

    /// <summary>Starts a thread that runs the function; it inherits what the calling thread blocks.</summary>
    public static int Start(delegate* unmanaged<nint, nint> function, nint argument, out nint thread)
    {
        var attributes = stackalloc byte[AttributeBytes];
        Initialise(attributes);
        SetStackSize(attributes, StackBytes);
        var error = Create(out thread, attributes, function, argument);
        Destroy(attributes);
        return error;
    }

    /// <summary>Waits until nothing is left of a thread.</summary>
    public static int Join(nint thread) => Join(thread, null);

    /// <summary>As <see cref="Join(nint)"/>, but answers EBUSY at once if the thread has not ended.</summary>
    public static int TryJoin(nint thread) => TryJoin(thread, null);

    [LibraryImport("libc", EntryPoint = "pthread_create")]
    private static partial int Create(out nint thread, byte* attributes, delegate* unmanaged<nint, nint> function, nint argument);

    [LibraryImport("libc", EntryPoint = "pthread_attr_init")]
    private static partial int Initialise(byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_setstacksize")]
    private static partial int SetStackSize(byte* attributes, nuint size);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    private static partial int Destroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_join")]
    private static partial int Join(nint thread, void* result);

    [LibraryImport("libc", EntryPoint = "pthread_tryjoin_np")]
    private static partial int TryJoin(nint thread, void* result);
}
