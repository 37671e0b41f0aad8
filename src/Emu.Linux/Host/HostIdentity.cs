namespace Emu.Linux.Host;

/// <summary>Who runs this process: calls that cannot fail.</summary>
internal static class HostIdentity
{
    public static uint UserId() => (uint)Kernel.Call(HostCall.Getuid);

    public static uint EffectiveUserId() => (uint)Kernel.Call(HostCall.Geteuid);

    public static uint GroupId() => (uint)Kernel.Call(HostCall.Getgid);

    public static uint EffectiveGroupId() => (uint)Kernel.Call(HostCall.Getegid);
}
