using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Proc;

/// <summary>Listings of <c>/proc/self/fd</c>, <c>fdinfo</c> and <c>task</c>, in which the emulator's own descriptors and threads must not show.</summary>
internal static unsafe class OwnEntries
{
    private enum Kind
    {
        Other,
        Descriptors,
        Threads,
    }

    /// <summary>Takes the emulator's own descriptors and threads out of what getdents64 put into a buffer; the bytes that are left.</summary>
    public static SysResult Remove(LinuxProcess process, int directory, nint buffer, int length)
    {
        var entries = new Span<byte>((void*)buffer, length);
        if (HasNumber(entries) && Classify(directory) is not Kind.Other and var kind)
            return Remove(process, kind, entries);
        return length;
    }

    private static int Remove(LinuxProcess process, Kind kind, Span<byte> entries)
    {
        var kept = 0;
        for (var entry = entries; entry.Length > 0;)
        {
            var size = DirectoryEntry.Size(entry);
            var isOwn = DirectoryEntry.TryNumber(entry, out var number)
                && (kind == Kind.Descriptors ? HostDescriptors.IsReserved(number) : !process.HasThread(number));
            if (!isOwn)
            {
                entry[..size].CopyTo(entries[kept..]);
                kept += size;
            }

            entry = entry[size..];
        }

        return kept;
    }

    /// <summary>True if a name is a number: only then the directory can be one of these, and is looked at.</summary>
    private static bool HasNumber(ReadOnlySpan<byte> entries)
    {
        for (; entries.Length > 0; entries = entries[DirectoryEntry.Size(entries)..])
            if (DirectoryEntry.TryNumber(entries, out _))
                return true;
        return false;
    }

    private static Kind Classify(int directory)
    {
        var path = HostFiles.PathOf(directory);
        return ProcDirectory.ListsDescriptors(path) ? Kind.Descriptors : ProcDirectory.ListsThreads(path) ? Kind.Threads : Kind.Other;
    }
}
