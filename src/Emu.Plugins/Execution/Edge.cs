using System.Runtime.CompilerServices;
using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// A step from one instruction to another that does not just follow it, or that a branch could have made and did not; where from is the vCPU's program counter. Lives only during the
/// callback; the compiler refuses to keep it.
/// </summary>
public readonly ref struct Edge
{
    private readonly MemoryRecord _record;

    internal static ref readonly Edge Of(ref readonly MemoryAccess access) => ref Unsafe.As<MemoryAccess, Edge>(ref Unsafe.AsRef(in access));

    /// <summary>Guest address of the instruction that comes next. It may not be executable: that the guest learns when it goes there.</summary>
    public ulong Target => _record.Address;

    /// <summary>True if the instruction sends the program there, false if a branch is not taken.</summary>
    public bool IsTaken => _record.IsStore;

    /// <summary>The guest's stack pointer at this time: what tells a frame of the stack from those of its callers. Costs a store, not the registers that a callback declares.</summary>
    public ulong StackPointer => _record.Value;
}
