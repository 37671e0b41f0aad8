using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>How the host's kernel has started this process, where it runs files of the guest's format through the emulator (Documentation/admin-guide/binfmt-misc.rst).</summary>
public static partial class HostInterpretation
{
    private const nuint Flags = 8;           // AT_FLAGS
    private const nuint PreservesArgv0 = 1;  // AT_FLAGS_PRESERVE_ARGV0

    /// <summary>
    /// True if the arguments are the file that somebody executed, the name that they gave as the first argument, and the others: the format is registered with flag P.
    /// </summary>
    public static bool HasFirstArgument => (GetAuxiliaryValue(Flags) & PreservesArgv0) != 0;

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint GetAuxiliaryValue(nuint type);
}
