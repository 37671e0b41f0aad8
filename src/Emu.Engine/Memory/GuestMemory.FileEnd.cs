namespace Emu.Engine.Memory;

// Pages of a file mapping that lie wholly beyond the end of the file exist but cannot be touched: the guest gets SIGBUS, and the emulator must
// not. Their rights are kept out of the permission table. A file that grows later makes them accessible, which is found out when they are next
// touched; a file that the guest cuts is reported here.
public sealed unsafe partial class GuestMemory
{
    /// <summary>
    /// Looks again at a page that was beyond the end of its file. True if the file has grown meanwhile and the page now has the rights of
    /// its mapping: the access can be tried again.
    /// </summary>
    public bool TryReachFile(ulong address)
    {
        if ((PermissionsOf(address) & PagePermissions.BeyondFile) == 0)
            return false;
        lock (_gate)
        {
            if (!_mappings.TryFind(address, out var mapping) || mapping.File is null || !HostMemory.IsReadable(Host(address)))
                return false;
            var fileEnd = (address & ~(PageSize - 1UL)) + PageSize;
            var known = Math.Max(mapping.Start, mapping.FileEnd);
            _mappings.Set(mapping with { FileEnd = Math.Max(fileEnd, mapping.FileEnd) });
            Publish(known, mapping.End); // what was there before keeps its entries, watched ones among them
            return (mapping.Permissions & (PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute)) != 0;
        }
    }

    /// <summary>Tells that a file was cut to <paramref name="size"/> bytes: pages mapped beyond lose their rights.</summary>
    public void OnFileCut(MappedFile file, long size)
    {
        using var stopped = StopVCpus();
        List<Mapping> code = [];
        lock (_gate)
            foreach (var mapping in _mappings.Slices(0, Size))
            {
                if (!file.Equals(mapping.File))
                    continue;
                var fileEnd = size <= mapping.Offset ? mapping.Start : mapping.Start + RoundUp((ulong)(size - mapping.Offset));
                if (fileEnd >= mapping.FileEnd)
                    continue;
                _mappings.Set(mapping with { FileEnd = fileEnd });
                Publish(mapping.Start, mapping.End);
                if ((mapping.Permissions & PagePermissions.Execute) != 0)
                    code.Add(mapping);
            }

        foreach (var mapping in code)
            CodeChanged?.Invoke(mapping.Start, mapping.Length);
    }
}
