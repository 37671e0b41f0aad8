using System.Runtime.InteropServices;

namespace Emu.Linux.Signals;

/// <summary><c>siginfo_t</c> of the kernel (include/uapi/asm-generic/siginfo.h): who or what raised a signal.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct SignalInfo
{
    [FieldOffset(0)] public Signal Signal;
    [FieldOffset(4)] public int Error;
    [FieldOffset(8)] public SignalCode Code;

    /// <summary>The address of a fault.</summary>
    [FieldOffset(16)] public ulong Address;

    /// <summary>The process that sent it.</summary>
    [FieldOffset(16)] public int Process;

    /// <summary>That process's user.</summary>
    [FieldOffset(20)] public uint User;

    /// <summary>The value that a queued signal carries (<c>si_value</c>).</summary>
    [FieldOffset(24)] public ulong Value;

    /// <summary>A signal that a fault at an address raises.</summary>
    public static SignalInfo OfFault(Signal signal, SignalCode code, ulong address) => new() { Signal = signal, Code = code, Address = address };

    /// <summary>A signal that this process sends to itself.</summary>
    public static SignalInfo OfSelf(Signal signal, SignalCode code) =>
        new() { Signal = signal, Code = code, Process = Host.HostProcess.Id, User = Host.HostIdentity.UserId() };
}

/// <summary>Why a signal was raised. What the numbers above 0 mean depends on the signal.</summary>
internal enum SignalCode
{
    /// <summary>SI_USER: kill(2).</summary>
    Kill = 0,
    /// <summary>SI_TKILL: tgkill(2).</summary>
    ThreadKill = -6,
    /// <summary>The emulator's own: a thread has to look up. Never seen by the guest.</summary>
    WakeUp = -0x456d75,
    /// <summary>The emulator's own: as <see cref="ThreadKill"/>, for the signal that the runtime sends to its threads in this way.</summary>
    ThreadKillOfGuest = -0x456d76,
    /// <summary>ILL_ILLOPC</summary>
    IllegalOpcode = 1,
    /// <summary>TRAP_BRKPT</summary>
    Breakpoint = 1,
    /// <summary>SEGV_MAPERR</summary>
    NotMapped = 1,
    /// <summary>SEGV_ACCERR</summary>
    NotAllowed = 2,
    /// <summary>BUS_ADRALN</summary>
    Misaligned = 1,
    /// <summary>BUS_ADRERR</summary>
    NoSuchAddress = 2,
}
