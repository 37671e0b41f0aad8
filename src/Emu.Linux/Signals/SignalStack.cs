using System.Runtime.InteropServices;

namespace Emu.Linux.Signals;

/// <summary><c>stack_t</c> of sigaltstack(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalStack
{
    public ulong Address;
    public int Flags;
    public int Padding;
    public ulong Size;

    /// <summary>SS_ONSTACK</summary>
    public const int InUse = 1;

    /// <summary>SS_DISABLE</summary>
    public const int Disabled = 2;

    /// <summary>SS_AUTODISARM</summary>
    public const int DisableOnEntry = 1 << 31;

    /// <summary>MINSIGSTKSZ of the generic table.</summary>
    public const ulong MinSize = 2048;

    public readonly bool IsDisabled => Size == 0;

    /// <summary>True if a stack pointer points into it: sas_ss_flags of the kernel.</summary>
    public readonly bool Holds(ulong stackPointer) => stackPointer > Address && stackPointer - Address <= Size;

    /// <summary>As sigaltstack(2) reports it to a thread with that stack pointer.</summary>
    public readonly SignalStack ReportedAt(ulong stackPointer) =>
        this with { Flags = (Flags & DisableOnEntry) | (IsDisabled ? Disabled : Holds(stackPointer) ? InUse : 0) };
}
