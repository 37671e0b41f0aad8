using System.Runtime.InteropServices;

namespace Emu.Linux.Signals;

/// <summary><c>struct sigaction</c> of the kernel on architectures without a restorer, such as riscv64 (include/uapi/asm-generic/signal.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalAction
{
    public ulong Handler;
    public ulong Flags;
    public ulong Mask;

    /// <summary>SIG_DFL</summary>
    public const ulong Default = 0;

    /// <summary>SIG_IGN</summary>
    public const ulong Ignore = 1;

    public readonly bool IsHandler => Handler is not (Default or Ignore);
}

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
}
