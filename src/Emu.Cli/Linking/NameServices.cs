using System.Runtime.InteropServices;

namespace Emu.Cli.Linking;

/// <summary>
/// What a static file must not take from the C library: functions that load further libraries, which would have to be of the very version that was linked. The
/// framework refers to them and Emu never calls them. The linker puts these in their place (<c>--wrap</c> in nativeaot.props); they say that nothing was found.
/// Called by native code only.
/// </summary>
/// <remarks>Meaning and results: the man pages of the same names, less <c>__wrap_</c>.</remarks>
internal static unsafe class NameServices
{
    private const int NotThere = 38; // ENOSYS
    private const int Failed = -4;   // EAI_FAIL

    [UnmanagedCallersOnly(EntryPoint = "__wrap_dlopen")]
    public static void* OpenLibrary(byte* path, int mode) => null;

    [UnmanagedCallersOnly(EntryPoint = "__wrap_getpwuid_r")]
    public static int UserOfNumber(uint user, void* entry, byte* texts, nuint size, void** found) => NotFound(found);

    [UnmanagedCallersOnly(EntryPoint = "__wrap_getpwnam_r")]
    public static int UserOfName(byte* name, void* entry, byte* texts, nuint size, void** found) => NotFound(found);

    [UnmanagedCallersOnly(EntryPoint = "__wrap_getgrgid_r")]
    public static int GroupOfNumber(uint group, void* entry, byte* texts, nuint size, void** found) => NotFound(found);

    [UnmanagedCallersOnly(EntryPoint = "__wrap_getgrouplist")]
    public static int GroupsOfUser(byte* name, uint group, uint* groups, int* count)
    {
        *count = 0;
        return -1;
    }

    [UnmanagedCallersOnly(EntryPoint = "__wrap_getaddrinfo")]
    public static int AddressesOfHost(byte* host, byte* service, void* hints, void** found) => Failed;

    private static int NotFound(void** found)
    {
        *found = null;
        return NotThere;
    }
}
