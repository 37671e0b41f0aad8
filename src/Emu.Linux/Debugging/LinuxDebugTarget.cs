using System.Runtime.InteropServices;
using Emu.Engine.Debugging;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Linux.Signals;
using ZLinq;

namespace Emu.Linux.Debugging;

/// <summary>A guest process as a debugger sees it.</summary>
/// <param name="process">The process; its main thread has been started.</param>
public sealed unsafe class LinuxDebugTarget(LinuxProcess process) : IDebugTarget
{
    private const int KillSignal = 9;
    private const int OpenReadWrite = 2;
    private const int LongestTurns = 20_000; // of 100 µs

    /// <summary>This process's memory; the kernel reads and writes it there whatever rights pages have, and a page that is not there is an error, not a fault.</summary>
    private readonly int _memory = HostDescriptors.Reserve(OpenMemory());

    /// <inheritdoc/>
    public int ProcessId => HostProcess.Id;

    /// <inheritdoc/>
    public IReadOnlyList<DebugThread> Threads
    {
        get
        {
            var vcpus = process.Machine.Debugger!.VCpus;
            return process.Threads.AsValueEnumerable()
                .Where(static thread => !thread.HasEnded)
                .OrderBy(static thread => thread.VCpu.ThreadId)
                .Select(thread => new DebugThread(
                    thread.Id,
                    vcpus.AsValueEnumerable().First(vcpu => vcpu.VCpu == thread.VCpu),
                    thread.IsInCall ? process.Guest.SyscallLength : 0))
                .ToArray();
        }
    }

    /// <inheritdoc/>
    public byte[] ExecutablePath => process.ExecutablePath;

    /// <inheritdoc/>
    public byte[] AuxiliaryVector => MemoryMarshal.AsBytes<ulong>(process.AuxiliaryVector.AsValueEnumerable().ToArray()).ToArray();

    /// <inheritdoc/>
    public string NameOf(DebugThread thread)
    {
        var descriptor = HostFiles.Open(RawText.Encode($"/proc/self/task/{thread.Id}/comm"), HostFiles.OpenReadOnly | HostFiles.OpenCloseOnExec);
        if (descriptor < 0)
            return "";
        var error = HostFiles.ReadWhole(descriptor, out var name);
        HostFiles.Close(descriptor);
        return error == 0 ? RawText.Decode(name).TrimEnd('\n') : "";
    }

    /// <inheritdoc/>
    public byte[] SignalInfoOf(DebugThread thread) =>
        process.FindThread(thread.Id) is { Shown: { } info } && thread.VCpu.Pending is { Kind: StopKind.Signal } ? MemoryMarshal.AsBytes(new ReadOnlySpan<SignalInfo>(in info)).ToArray() : [];

    /// <inheritdoc/>
    public int ReadMemory(ulong address, Span<byte> destination)
    {
        var length = MappedFrom(address, (ulong)destination.Length);
        if (length == 0)
            return 0;
        var count = HostFiles.ReadAt(_memory, destination[..(int)length], (long)process.Memory.HostAddress(address));
        return count < 0 ? 0 : (int)count;
    }

    /// <inheritdoc/>
    public bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source)
    {
        if (MappedFrom(address, (ulong)source.Length) != (ulong)source.Length)
            return false;
        process.Memory.NoteStore(address, (ulong)source.Length);
        fixed (byte* start = source)
            if (Kernel.Call(HostCall.Pwrite64, _memory, (nint)start, source.Length, (nint)process.Memory.HostAddress(address)) != source.Length)
                return false;
        process.Machine.DropCode(address, (ulong)source.Length);
        return true;
    }

    /// <inheritdoc/>
    public bool TryLeaveCall(DebugThread thread)
    {
        if (process.FindThread(thread.Id) is not { } found)
            return false;
        for (var turn = 0; found.IsInCall; turn++)
        {
            if (turn == LongestTurns)
                return false;
            found.LeavesCall = true;
            HostSignals.WakeUp(found.Id);
            var time = new TimeSpan64 { Nanoseconds = 100_000 };
            Kernel.Call(HostCall.Nanosleep, (nint)(&time));
        }

        found.LeavesCall = false;
        return true;
    }

    /// <inheritdoc/>
    public int OpenFile(ReadOnlySpan<byte> path)
    {
        const int Flags = HostFiles.OpenReadOnly | HostFiles.OpenCloseOnExec;
        fixed (byte* name = RawText.WithZero(process.Sysroot.Locate(path)))
        {
            var descriptor = (int)Kernel.Call(HostCall.Openat, HostFiles.CurrentDirectory, (nint)name, Flags);
            if (descriptor < 0)
                return descriptor;
            var opened = process.Opened(descriptor, HostFiles.CurrentDirectory, (nint)name, (OpenFlags)Flags);
            return opened.IsError ? (int)opened.Value : HostDescriptors.Reserve((int)opened.Value);
        }
    }

    /// <inheritdoc/>
    public int ReadFile(int descriptor, ulong offset, Span<byte> destination) => (int)HostFiles.ReadAt(descriptor, destination, (long)offset);

    /// <inheritdoc/>
    public int CloseFile(int descriptor)
    {
        HostDescriptors.Release(descriptor);
        return 0;
    }

    /// <inheritdoc/>
    public int DescribeFile(int descriptor, out DebugFileStatus status)
    {
        var error = HostFiles.Describe(descriptor, out var host);
        status = new DebugFileStatus(
            host.Device, host.Inode, host.Mode, host.LinkCount, host.UserId, host.GroupId, (ulong)host.Size, host.BlockSize, host.Blocks, host.ModifyTime.Seconds);
        return error;
    }

    /// <inheritdoc/>
    public int ReadLink(ReadOnlySpan<byte> path, out byte[] target)
    {
        target = HostFiles.ReadLink(process.Sysroot.TryLocate(HostFiles.CurrentDirectory, path, follow: false, out var inside) ? inside : path.ToArray());
        return target.Length > 0 ? 0 : -(int)Errno.EINVAL;
    }

    /// <inheritdoc/>
    public void Kill()
    {
        process.End(new GuestExit(0, KillSignal));
        foreach (var thread in process.Threads)
            thread.VCpu.Kick();
    }

    /// <summary>How many bytes of a range are mapped, from its start on.</summary>
    private ulong MappedFrom(ulong address, ulong length)
    {
        if (address >= GuestMemory.Size)
            return 0;
        var end = address + Math.Min(length, GuestMemory.Size - address);
        var at = address;
        while (at < end && (process.Memory.PermissionsOf(at) & (PagePermissions.Mapped | PagePermissions.BeyondFile)) == PagePermissions.Mapped)
            at = (at | (GuestMemory.PageSize - 1UL)) + 1;
        return Math.Min(at, end) - address;
    }

    private static int OpenMemory() => HostFiles.Open("/proc/self/mem"u8.ToArray(), OpenReadWrite | HostFiles.OpenCloseOnExec);
}
