using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Calls;

/// <summary>New threads and processes.</summary>
internal static class CloneCalls
{
    private const ulong SignalMask = 0xff; // CSIGNAL
    private const ulong FirstVersionSize = 64; // CLONE_ARGS_SIZE_VER0
    private const int ChildSignal = 17; // SIGCHLD

    /// <summary>All that threads of the C library share is shared; the host's threads cannot be had with less.</summary>
    private const CloneFlags ThreadNeeds = CloneFlags.CLONE_VM | CloneFlags.CLONE_FS | CloneFlags.CLONE_FILES | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD;

    private const CloneFlags OfThread = ThreadNeeds | CloneFlags.CLONE_SYSVSEM | CloneFlags.CLONE_SETTLS | CloneFlags.CLONE_PARENT_SETTID
        | CloneFlags.CLONE_CHILD_CLEARTID | CloneFlags.CLONE_CHILD_SETTID | CloneFlags.CLONE_DETACHED | CloneFlags.CLONE_UNTRACED | CloneFlags.CLONE_IO;

    private const CloneFlags OfProcess = CloneFlags.CLONE_VM | CloneFlags.CLONE_VFORK | CloneFlags.CLONE_PIDFD | CloneFlags.CLONE_SETTLS
        | CloneFlags.CLONE_PARENT_SETTID | CloneFlags.CLONE_CHILD_CLEARTID | CloneFlags.CLONE_CHILD_SETTID | CloneFlags.CLONE_UNTRACED
        | CloneFlags.CLONE_DETACHED | CloneFlags.CLONE_CLEAR_SIGHAND;

    // riscv64 has CONFIG_CLONE_BACKWARDS: the thread pointer comes before the child's word.
    [Syscall(220)]
    public static SysResult Clone(
        ref SyscallContext c, CloneFlags flags, GuestAddress stack, GuestAddress parentNumber, GuestAddress threadPointer, GuestAddress childNumber)
    {
        var asked = (CloneFlags)((ulong)flags & ~SignalMask);
        if ((asked & CloneFlags.CLONE_PIDFD) != 0 && (asked & CloneFlags.CLONE_PARENT_SETTID) != 0)
            return Errno.EINVAL; // both would be stored in the same word
        return Start(ref c, new CloneRequest
        {
            Flags = asked & (CloneFlags)uint.MaxValue, ExitSignal = (int)((ulong)flags & SignalMask), StackTop = stack, ParentNumber = parentNumber,
            ProcessDescriptor = parentNumber, ChildNumber = childNumber, ThreadPointer = threadPointer,
        });
    }

    [Syscall(435)]
    public static SysResult Clone3(ref SyscallContext c, GuestAddress address, ulong size)
    {
        const ulong PageSize = GuestMemory.PageSize;
        if (size > PageSize)
            return Errno.E2BIG;
        if (size < FirstVersionSize)
            return Errno.EINVAL;
        if (!c.Memory.TryGetSpan(address, size, PagePermissions.Read, out var given))
            return Errno.EFAULT;
        var arguments = default(CloneArguments);
        var known = MemoryMarshal.AsBytes(new Span<CloneArguments>(ref arguments));
        if (given.Length > known.Length && given[known.Length..].ContainsAnyExcept((byte)0))
            return Errno.E2BIG;
        given[..Math.Min(given.Length, known.Length)].CopyTo(known);
        if ((arguments.Stack == 0) != (arguments.StackSize == 0) || arguments.ExitSignal > SignalMask || ((ulong)arguments.Flags & SignalMask) != 0
            || arguments.SetNumbersCount != 0 || (arguments.Flags & CloneFlags.CLONE_DETACHED) != 0)
            return Errno.EINVAL;
        return Start(ref c, new CloneRequest
        {
            Flags = arguments.Flags, ExitSignal = (int)arguments.ExitSignal, StackTop = arguments.Stack + arguments.StackSize,
            ParentNumber = arguments.ParentNumber, ProcessDescriptor = arguments.ProcessDescriptor, ChildNumber = arguments.ChildNumber,
            ThreadPointer = arguments.ThreadPointer,
        });
    }

    private static SysResult Start(ref SyscallContext c, CloneRequest request)
    {
        var flags = request.Flags;
        if ((flags & CloneFlags.CLONE_THREAD) != 0)
            return (flags & ThreadNeeds) != ThreadNeeds || (flags & ~OfThread) != 0 ? Errno.EINVAL : NewThread.Start(c.Process, c.Thread, request);
        var sharing = flags & (CloneFlags.CLONE_VM | CloneFlags.CLONE_VFORK);
        // Two processes that share memory and run at once would need two sets of everything else of the emulator; a new namespace is for a process of its own.
        if ((flags & ~OfProcess) != 0 || request.ExitSignal != ChildSignal || sharing == CloneFlags.CLONE_VM)
            return Errno.EINVAL;
        var sharesMemory = sharing == (CloneFlags.CLONE_VM | CloneFlags.CLONE_VFORK);
        var result = sharesMemory ? SharedChild.Start(c.Process, c.Thread, request) : ForkedChild.Start(c.Process, c.Thread, request);
        LinuxProcess.TellForked(c.Thread, result, sharesMemory);
        return result;
    }
}
