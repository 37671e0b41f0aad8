using System.Runtime.InteropServices;

namespace Emu.Linux.Signals;

/// <summary><c>struct sigaction</c> of the kernel on architectures without a restorer, such as riscv64 (include/uapi/asm-generic/signal.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalAction
{
    public ulong Handler;
    public SignalActionFlags Flags;
    public ulong Mask;

    /// <summary>SIG_DFL</summary>
    public const ulong Default = 0;

    /// <summary>SIG_IGN</summary>
    public const ulong Ignore = 1;

    public readonly bool IsHandler => Handler is not (Default or Ignore);
}

/// <summary>Flags of <see cref="SignalAction"/> that matter here; others are kept as they are.</summary>
[Flags]
internal enum SignalActionFlags : ulong
{
    /// <summary>SA_NOCLDSTOP: no SIGCHLD for children that stop.</summary>
    NoChildStop = 1,
    /// <summary>SA_NOCLDWAIT: children leave nothing to wait for.</summary>
    NoChildWait = 2,
    /// <summary>SA_ONSTACK: run the handler on the alternate stack.</summary>
    OnAlternateStack = 0x08000000,
    /// <summary>SA_RESTART: an interrupted call is made again.</summary>
    Restart = 0x10000000,
    /// <summary>SA_NODEFER: the signal itself is not blocked meanwhile.</summary>
    DoNotBlockItself = 0x40000000,
    /// <summary>SA_RESETHAND: the handler is called once.</summary>
    Once = 0x80000000,
}
