using System.Runtime.InteropServices;

namespace Emu.Engine.Execution;

/// <summary>
/// Header of a vCPU's state block in native memory: what translated code, the vCPU loop and plugins share, whatever the guest. Guest
/// registers follow at <see cref="GuestOffset"/>; the IR names them by their byte offset from the start of this header.
/// Written only by the vCPU's own thread, but for <see cref="Budget"/>, which others may zero to make the chain of blocks return early.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = GuestOffset)]
public unsafe struct VCpuState
{
    /// <summary>Where guest registers begin.</summary>
    public const int GuestOffset = 256;

    /// <summary>Number of the vCPU from 0; reused after its end. The plugin contract reads it here.</summary>
    [FieldOffset(0)] public int Index;

    /// <summary>Block entries left before the chain returns to the loop. Backends need not count those by falling through a branch: these go forward, so that every cycle has another.</summary>
    [FieldOffset(4)] public int Budget;

    /// <summary>Number of the guest thread, never reused. The plugin contract reads it here.</summary>
    [FieldOffset(8)] public long ThreadId;

    /// <summary>GC handle of the object through which plugins read registers and memory. The plugin contract reads it here.</summary>
    [FieldOffset(16)] public nint Access;

    /// <summary>Host address of guest address 0; the page permissions lie below.</summary>
    [FieldOffset(24)] public byte* Memory;

    /// <summary>The vCPU's jump cache, <see cref="CodeCache.JumpCacheEntry.Count"/> entries.</summary>
    [FieldOffset(32)] public CodeCache.JumpCacheEntry* JumpCache;

    /// <summary>The backend's position in translated code while it is away from it: the site to link, the op that called a plugin, or what a fault or a trap left.</summary>
    [FieldOffset(40)] public void* Position;

    /// <summary>Guest address to go on at; exact whenever translated code has returned.</summary>
    [FieldOffset(PcOffset)] public ulong Pc;

    /// <summary>Where <see cref="Pc"/> lies.</summary>
    public const int PcOffset = 48;

    /// <summary>Where <see cref="FloatFlags"/> lies.</summary>
    public const int FloatFlagsOffset = 72;

    /// <summary>Where <see cref="RoundingMode"/> lies.</summary>
    public const int RoundingModeOffset = 76;

    /// <summary>Guest address of a fault, or the value of a trap.</summary>
    [FieldOffset(56)] public ulong FaultAddress;

    /// <summary>Kind of a fault (<see cref="GuestFaultKind"/>), an <see cref="Ir.IrTrap"/> or an <see cref="Ir.IrExit"/>, by exit reason.</summary>
    [FieldOffset(64)] public int Cause;

    /// <summary>Accumulated floating-point exceptions: NV=16 DZ=8 OF=4 UF=2 NX=1.</summary>
    [FieldOffset(FloatFlagsOffset)] public uint FloatFlags;

    /// <summary>Dynamic rounding mode, an <see cref="Ir.IrRounding"/>; values above 4 are kept as the guest wrote them.</summary>
    [FieldOffset(RoundingModeOffset)] public uint RoundingMode;

    /// <summary><see cref="FloatFlags"/> in the low half, <see cref="RoundingMode"/> in the high half: one load tests both.</summary>
    [FieldOffset(72)] public ulong FloatStatus;

    /// <summary>Address reserved by a load-reserved, or <see cref="NoReservation"/>.</summary>
    [FieldOffset(80)] public ulong ReservationAddress;

    /// <summary>Value seen by the load-reserved.</summary>
    [FieldOffset(88)] public ulong ReservationValue;

    /// <summary>The access a memory callback is told of.</summary>
    [FieldOffset(96)] public fixed byte MemoryRecord[48];

    /// <summary>Not zero once a callback that may change the guest has set <see cref="Pc"/>: the block is left there when it returns.</summary>
    [FieldOffset(144)] public int Jumps;

    /// <summary>The backend's own words.</summary>
    [FieldOffset(BackendOffset)] public fixed ulong Backend[8];

    /// <summary>Where the backend's own words begin.</summary>
    public const int BackendOffset = 192;

    /// <summary>No reservation is held: no guest address has this value.</summary>
    public const ulong NoReservation = ulong.MaxValue;
}
