using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>Inaccessible bytes after the address space, so that an access that starts inside it cannot reach beyond.</summary>
    private const long Guard = 1 << 20;

    private readonly Lock _gate = new();
    private byte* _region;

    /// <summary>Reserves the address space; nothing is mapped in it.</summary>
    /// <exception cref="Win32Exception">The host cannot reserve that much address space (see <c>ulimit -v</c>).</exception>
    public GuestMemory()
    {
        var total = PermissionTableSize + (long)Size + Guard;
        _region = HostMemory.Reserve(null, total, HostProtection.None, fixedAddress: false);
        HostMemory.Reserve(_region, PermissionTableSize, HostProtection.Read | HostProtection.Write, fixedAddress: true);
        Base = _region + PermissionTableSize;
    }

    /// <summary>Called when executable code in the range may have changed or gone: after the change of the map, with the lock not held.</summary>
    public Action<ulong, ulong>? CodeChanged { get; set; }

    /// <summary>Maps zeroed private pages at exactly this place, replacing what was there. Address and length are multiples of the page size.</summary>
    public void MapAnonymous(ulong address, ulong length, PagePermissions permissions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, Size - length);
        lock (_gate)
        {
            HostMemory.Reserve(Base + address, (long)length, HostProtection.Read | HostProtection.Write, fixedAddress: true);
            SetPermissions(address, length, permissions | PagePermissions.Mapped);
        }

        if ((permissions & PagePermissions.Execute) != 0)
            CodeChanged?.Invoke(address, length);
    }

    private void SetPermissions(ulong address, ulong length, PagePermissions permissions) =>
        NativeMemory.Fill(Base + (long)(address >> PageBits) - PermissionTableSize, (nuint)(length >> PageBits), (byte)permissions);

    /// <summary>Gives the address space back to the host. No vCPU may run in it any more.</summary>
    public void Dispose()
    {
        if (_region is null)
            return;
        HostMemory.Release(_region, PermissionTableSize + (long)Size + Guard);
        _region = null;
    }
}
