using Emu.Engine.Execution;

namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>Why an access at <paramref name="address"/> failed, from the pages' permissions of now.</summary>
    public GuestFault ExplainFault(ulong address, PagePermissions access)
    {
        var held = address < Size ? PermissionsOf(address) : PagePermissions.None;
        var kind =
            (held & PagePermissions.Mapped) == 0 ? GuestFaultKind.Unmapped :
            (held & PagePermissions.BeyondFile) != 0 ? GuestFaultKind.BeyondFile :
            (held & access) != access ? GuestFaultKind.Protection :
            GuestFaultKind.Misaligned;
        return new GuestFault(kind, address, access);
    }
}
