using System.ComponentModel;
using System.Runtime.InteropServices;
using Emu.Engine.Execution;

namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>Reserved below <see cref="Base"/>, with the permission table at its start, and again at the end.</summary>
    private const long Margin = -PermissionTable;

    /// <summary>A guest with less address space than this is not worth starting.</summary>
    private const ulong LeastLimit = 1UL << 30;

    /// <summary>Address space that is left for everything else in the process: translated code, stacks, managed memory.</summary>
    private const long Headroom = 1L << 30;

    private readonly long _regionSize;
    private byte* _region;

    /// <summary>Reserves the address space; nothing is mapped in it.</summary>
    /// <exception cref="Win32Exception">The host cannot reserve that much address space (see <c>ulimit -v</c>).</exception>
    public GuestMemory()
    {
        for (var start = Size; start <= Size << 7 && _region is null; start <<= 1)
            if (HostMemory.TryReserveHole((byte*)start - Margin, start + 2 * (ulong)Margin))
            {
                _region = (byte*)start - Margin;
                (_regionSize, IsGuarded) = ((long)start + 2 * Margin, true);
            }

        for (; _region is null; Limit >>= 1)
        {
            _regionSize = (long)Limit + 2 * Margin;
            _region = TryReserve(_regionSize, mustSucceed: Limit == LeastLimit);
            if (_region is not null)
                break;
        }

        HostMemory.Reserve(_region, PermissionTableSize, HostProtection.Read | HostProtection.Write, fixedAddress: true);
        Base = _region + Margin;
    }

    /// <summary>Reserves that many bytes if the host then has still some to give; else null, or an exception if that was the last chance.</summary>
    private static byte* TryReserve(long bytes, bool mustSucceed)
    {
        try
        {
            var start = HostMemory.Reserve(null, bytes + Headroom, HostProtection.None, fixedAddress: false);
            HostMemory.Release(start + bytes, Headroom);
            return start;
        }
        catch (Win32Exception) when (!mustSucceed)
        {
            return null;
        }
    }

    /// <summary>Gives the address space back to the host. No vCPU may run in it any more.</summary>
    public void Dispose()
    {
        if (_region is null)
            return;
        HostMemory.Release(_region, _regionSize);
        _region = null;
    }

    /// <summary>
    /// Stops the vCPUs that run in this memory; null if none do. What takes rights from pages happens in its sections, because translated code tests a
    /// page's rights first and accesses the host's page then.
    /// </summary>
    public ExclusiveSection? VCpus { get; set; }

    /// <summary>To be asked for before the lock: whoever is in a section may change the map.</summary>
    private ExclusiveSection.Scope StopVCpus() => VCpus?.Begin() ?? default;

    private byte* Host(ulong address) => Base + address;

    /// <summary>The table's entry of a page inside the address space, as translated code tests it.</summary>
    private ref PagePermissions Entry(ulong address) => ref *(PagePermissions*)(Base + (long)(address >> PageBits) + PermissionTable);

    /// <summary>
    /// Host pages have exactly the rights of guest pages, so that a system call that is handed guest memory fails as it would for the guest;
    /// code is readable for the translator and never executable for the host.
    /// </summary>
    private static HostProtection ProtectionOf(PagePermissions permissions) =>
        (permissions & PagePermissions.Write) != 0 ? HostProtection.Read | HostProtection.Write :
        (permissions & (PagePermissions.Read | PagePermissions.Execute)) != 0 ? HostProtection.Read :
        HostProtection.None;

    /// <summary>Takes all rights from the range, before its host pages change.</summary>
    private void Hide(ulong start, ulong end) => Fill(start, end, PagePermissions.None);

    /// <summary>Writes the permission table of the range from the list of mappings, after its host pages have changed.</summary>
    private void Publish(ulong start, ulong end)
    {
        var done = start;
        foreach (var mapping in _mappings.Slices(start, end))
        {
            Fill(done, mapping.Start, PagePermissions.None);
            var fileEnd = Math.Clamp(mapping.FileEnd, mapping.Start, mapping.End);
            Fill(mapping.Start, fileEnd, mapping.Permissions | PagePermissions.Mapped);
            Fill(fileEnd, mapping.End, PagePermissions.Mapped | PagePermissions.BeyondFile);
            done = mapping.End;
        }

        Fill(done, end, PagePermissions.None);
    }

    private void Fill(ulong start, ulong end, PagePermissions permissions)
    {
        if (end > start)
            NativeMemory.Fill(Base + (long)(start >> PageBits) + PermissionTable, (nuint)((end - start) >> PageBits), (byte)permissions);
    }
}
