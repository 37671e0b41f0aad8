using System.Runtime.InteropServices;

namespace Emu.Bench.Children;

/// <summary>The C library's calls that start a child and learn how it ended; the framework's process class hides the resource usage.</summary>
internal static unsafe partial class NativeCalls
{
    /// <summary>Larger than <c>posix_spawn_file_actions_t</c> of any C library in use (glibc: 80 bytes).</summary>
    public const int FileActionsSize = 256;

    public const int WriteCreateTruncate = 0x1 | 0x40 | 0x200;

    /// <summary><c>PR_SET_CHILD_SUBREAPER</c> of prctl(2).</summary>
    public const int SetChildSubreaper = 36;

    [LibraryImport("libc", SetLastError = false)]
    public static partial int posix_spawnp(out int process, byte* file, void* fileActions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addopen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int wait4(int process, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int prctl(int option, nint value, nint second, nint third, nint fourth);
}
