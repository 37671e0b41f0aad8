using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>Who runs this process: calls that cannot fail.</summary>
internal static partial class HostIdentity
{
    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getgid")]
    public static partial uint GroupId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroupId();
}
