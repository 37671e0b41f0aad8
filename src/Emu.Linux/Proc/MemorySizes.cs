using Emu.Engine.Memory;
using Emu.Linux.Process;

namespace Emu.Linux.Proc;

/// <summary>The sizes of a process that <c>stat</c>, <c>statm</c> and <c>status</c> tell, in bytes.</summary>
/// <param name="Total">All mappings.</param>
/// <param name="Data">Private writable mappings but the stack.</param>
/// <param name="Stack">Mappings that grow down.</param>
/// <param name="Code">The program's code.</param>
/// <param name="Libraries">Other code.</param>
/// <param name="Resident">What takes memory: the sum of the next three.</param>
/// <param name="ResidentAnonymous">Memory without a file.</param>
/// <param name="ResidentFile">Pages of files.</param>
/// <param name="ResidentShared">Shared memory without a file.</param>
/// <param name="Locked">Locked memory.</param>
/// <param name="Swapped">Memory that is on a disk.</param>
internal sealed record MemorySizes(
    ulong Total, ulong Data, ulong Stack, ulong Code, ulong Libraries, ulong Resident, ulong ResidentAnonymous, ulong ResidentFile, ulong ResidentShared,
    ulong Locked, ulong Swapped)
{
    /// <summary>The sizes of now, counted as mm/mmap.c (vm_stat_account) and fs/proc/task_mmu.c (task_mem) do.</summary>
    public static MemorySizes Of(LinuxProcess process)
    {
        var use = MemoryUse.Of(process.Memory);
        var (total, data, stack, code) = (0UL, 0UL, 0UL, 0UL);
        var (anonymous, file, shared) = (0UL, 0UL, 0UL);
        foreach (var mapping in process.Memory.Mappings)
        {
            var isWritable = (mapping.Permissions & PagePermissions.Write) != 0;
            total += mapping.Length;
            if (mapping.GrowsDown)
                stack += mapping.Length;
            else if (isWritable && !mapping.IsShared)
                data += mapping.Length;
            else if (!isWritable && (mapping.Permissions & PagePermissions.Execute) != 0)
                code += mapping.Length;
            var (resident, unshared) = (use[mapping, "Rss"] << 10, use[mapping, "Anonymous"] << 10);
            anonymous += Math.Min(unshared, resident);
            if (mapping.File is null)
                shared += resident - Math.Min(unshared, resident);
            else
                file += resident - Math.Min(unshared, resident);
        }

        var own = Math.Min(GuestMemory.RoundUp(process.Program.CodeEnd) - (process.Program.CodeStart & ~(GuestMemory.PageSize - 1UL)), code);
        return new MemorySizes(
            total, data, stack, own, code - own, anonymous + file + shared, anonymous, file, shared, use.Sum("Locked") << 10, use.Sum("Swap") << 10);
    }
}
