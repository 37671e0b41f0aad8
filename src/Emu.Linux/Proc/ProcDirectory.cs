using System.Buffers.Text;
using Emu.Linux.Host;

namespace Emu.Linux.Proc;

/// <summary>
/// Recognises files of <c>/proc</c> by what they are, not by how they were named: an open descriptor lies on that file system, and the link of the descriptor spells its one
/// name, <c>/proc/PID/NAME</c> or <c>/proc/PID/task/TID/NAME</c> (proc(5)).
/// </summary>
internal static class ProcDirectory
{
    private const int MostLinks = 40; // MAXSYMLINKS

    /// <summary>Device of the proc file system; 0 where there is none.</summary>
    private static readonly ulong Device = StatusOf("/proc"u8).Device;

    /// <summary>The emulator's own file.</summary>
    private static readonly HostStatx Emulator = StatusOf("/proc/self/exe"u8);

    private static readonly byte[] EmulatorPath = HostFiles.ReadLink("/proc/self/exe"u8.ToArray());

    /// <summary>What an open file is, if it is one about this process or its machine.</summary>
    public static ProcIdentity Identify(int descriptor, in HostStatx status)
    {
        if (Device == 0 || status.Device != Device)
            return default;
        var path = HostFiles.PathOf(descriptor);
        if (path.AsSpan().SequenceEqual("/proc/cpuinfo"u8))
            return new ProcIdentity(ProcFile.Processors, 0);
        return TrySplit(path, out var thread, out var name) ? new ProcIdentity(FileOf(name), thread) : default;
    }

    /// <summary>True if an open directory lists the threads of this process.</summary>
    public static bool ListsThreads(ReadOnlySpan<byte> path) =>
        path.EndsWith("/task"u8) && TrySplit(path, out _, out var name) && name.SequenceEqual("task"u8);

    /// <summary>True if an open directory lists the descriptors of this process.</summary>
    public static bool ListsDescriptors(ReadOnlySpan<byte> path) =>
        TrySplit(path, out _, out var name) && (name.SequenceEqual("fd"u8) || name.SequenceEqual("fdinfo"u8));

    /// <summary>True if a status is that of the emulator's own file: the name of the guest's program may have led there.</summary>
    public static bool IsEmulator(in HostStatx status) => Emulator.Inode != 0 && status.Inode == Emulator.Inode && status.Device == Emulator.Device;

    /// <summary>True if the text of a link is the emulator's own path, or the part of it that had room.</summary>
    public static bool IsEmulator(ReadOnlySpan<byte> link, nint room) =>
        link.Length > 0 && EmulatorPath.AsSpan().StartsWith(link) && (link.Length == EmulatorPath.Length || link.Length == room);

    /// <summary>
    /// True if a path leads to the link <c>exe</c> of this process or one of its threads: then it means the guest's program. With <paramref name="follow"/>, links at the end are
    /// followed one by one, since the kernel does not say which way it went.
    /// </summary>
    public static bool LeadsToProgram(int directory, nint path, bool follow)
    {
        var next = LinkAt(directory, path, out var isProgram);
        for (var left = MostLinks; !isProgram && follow && next.Length > 0 && left > 0; left--)
            next = LinkAt(next, out isProgram);
        return isProgram;
    }

    private static unsafe byte[] LinkAt(byte[] path, out bool isProgram)
    {
        fixed (byte* text = RawText.WithZero(path))
            return LinkAt(HostFiles.CurrentDirectory, (nint)text, out isProgram);
    }

    /// <summary>Where a symbolic link leads, as an absolute path; nothing if it is none.</summary>
    private static byte[] LinkAt(int directory, nint path, out bool isProgram)
    {
        isProgram = false;
        var link = (int)Kernel.Call(HostCall.Openat, directory, path, HostFiles.OpenPath | HostFiles.OpenNoFollow | HostFiles.OpenCloseOnExec);
        if (link < 0)
            return [];
        var (name, target) = (HostFiles.PathOf(link), HostFiles.LinkOf(link));
        isProgram = HostFiles.Describe(link, out var status) == 0 && status.Device == Device
            && TrySplit(name, out _, out var last) && last.SequenceEqual("exe"u8);
        HostFiles.Close(link);
        return target.Length == 0 || target[0] == '/' ? target : [.. name.AsSpan(0, name.AsSpan().LastIndexOf((byte)'/') + 1), .. target];
    }

    /// <summary>Takes a path of the proc file system apart, if it is about a thread of this process.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> path, out int thread, out ReadOnlySpan<byte> name)
    {
        thread = 0;
        name = default;
        if (!path.StartsWith("/proc/"u8) || !TryNumber(path["/proc/"u8.Length..], out thread, out name) || !IsOwn(thread))
            return false;
        return !name.StartsWith("task/"u8) || TryNumber(name["task/"u8.Length..], out thread, out name);
    }

    /// <summary>A number and what follows behind a slash.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> path, out int number, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (!Utf8Parser.TryParse(path, out number, out var length) || length + 1 >= path.Length || path[length] != '/')
            return false;
        rest = path[(length + 1)..];
        return true;
    }

    private static bool IsOwn(int thread) =>
        thread == HostProcess.Id || HostFiles.Exists(RawText.Encode($"/proc/self/task/{thread}"));

    private static ProcFile FileOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("cmdline"u8) ? ProcFile.CommandLine :
        name.SequenceEqual("maps"u8) ? ProcFile.Maps :
        name.SequenceEqual("smaps"u8) ? ProcFile.DetailedMaps :
        name.SequenceEqual("smaps_rollup"u8) ? ProcFile.DetailedSum :
        name.SequenceEqual("auxv"u8) ? ProcFile.AuxiliaryVector :
        name.SequenceEqual("environ"u8) ? ProcFile.Environment :
        name.SequenceEqual("stat"u8) ? ProcFile.Stat :
        name.SequenceEqual("statm"u8) ? ProcFile.Statm :
        name.SequenceEqual("status"u8) ? ProcFile.Status :
        name.SequenceEqual("limits"u8) ? ProcFile.Limits :
        name.SequenceEqual("mem"u8) || name.SequenceEqual("pagemap"u8) || name.SequenceEqual("numa_maps"u8) || name.SequenceEqual("syscall"u8)
            || name.SequenceEqual("stack"u8) || name.SequenceEqual("map_files"u8) ? ProcFile.Closed :
        ProcFile.None;

    private static HostStatx StatusOf(ReadOnlySpan<byte> path) => HostFiles.TryDescribe(path, out var status) ? status : default;
}
