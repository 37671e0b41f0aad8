using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Linux.Calls.Values;

namespace Emu.Linux.Process;

/// <summary>What clone(2) or clone3(2) was asked for; addresses are guest addresses, 0 for none.</summary>
internal sealed record CloneRequest
{
    public required CloneFlags Flags { get; init; }

    /// <summary>The signal that the parent gets at the child's end.</summary>
    public required int ExitSignal { get; init; }

    /// <summary>Where the child's stack begins, growing down; 0 for the parent's.</summary>
    public ulong StackTop { get; init; }

    public ulong ParentNumber { get; init; }

    public ulong ChildNumber { get; init; }

    public ulong ProcessDescriptor { get; init; }

    public ulong ThreadPointer { get; init; }

    /// <summary>The word that is cleared and woken at the child's end.</summary>
    public ulong ClearOnExit => (Flags & CloneFlags.CLONE_CHILD_CLEARTID) != 0 ? ChildNumber : 0;

    /// <summary>Puts the child's registers right: it sees the result 0.</summary>
    public void Apply(VCpuContext vcpu, GuestAbi abi)
    {
        vcpu.Register(abi.Result) = 0;
        if (StackTop != 0)
            vcpu.Register(abi.StackPointer) = StackTop;
        if ((Flags & CloneFlags.CLONE_SETTLS) != 0)
            vcpu.Register(abi.ThreadPointer) = ThreadPointer;
    }

    /// <summary>Writes the child's number where it is wanted; what cannot be written is left, as with the kernel.</summary>
    public void StoreNumbers(GuestMemory memory, int number)
    {
        StoreParentNumber(memory, number);
        StoreChildNumber(memory, number);
    }

    public void StoreParentNumber(GuestMemory memory, int number)
    {
        if ((Flags & CloneFlags.CLONE_PARENT_SETTID) != 0)
            memory.TryWrite(ParentNumber, number);
    }

    public void StoreChildNumber(GuestMemory memory, int number)
    {
        if ((Flags & CloneFlags.CLONE_CHILD_SETTID) != 0)
            memory.TryWrite(ChildNumber, number);
    }
}
