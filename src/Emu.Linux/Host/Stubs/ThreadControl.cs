using System.Runtime.InteropServices;

namespace Emu.Linux.Host.Stubs;

/// <summary>
/// What the machine code of <see cref="StubPage"/> shares with one thread: the call that it makes, and the signals that came. It lies at the start of the thread's alternate
/// stack, where the handler finds it. The offsets stand in the machine code.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct ThreadControl
{
    /// <summary>Bytes of a block; the alternate stack proper lies behind it.</summary>
    public const int Size = 256 + Records * 128;

    /// <summary>Records of signals: the first for any signal, after which all others wait in the kernel; one each for those that cannot be blocked here.</summary>
    public const int Records = 6;

    /// <summary>A bit for each record that waits. While one does, no call is made.</summary>
    [FieldOffset(0)] public int Pending;

    /// <summary>1 while the thread is in the stub and so cannot run managed code; 0 otherwise.</summary>
    [FieldOffset(4)] public int IsAway;

    /// <summary>Zeroed by the handler, so that translated code returns; or null.</summary>
    [FieldOffset(8)] public int* Budget;

    /// <summary><see cref="IsAway"/> when the last signal was recorded.</summary>
    [FieldOffset(16)] public int WasAway;

    /// <summary>The number of the call to make.</summary>
    [FieldOffset(32)] public nint Number;

    /// <summary>Its six arguments.</summary>
    [FieldOffset(40)] public fixed long Arguments[6];

    /// <summary>The recorded <c>siginfo_t</c>, 128 bytes each.</summary>
    [FieldOffset(256)] public fixed byte Infos[Records * 128];
}
