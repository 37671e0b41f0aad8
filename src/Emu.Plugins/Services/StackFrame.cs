using System.Runtime.InteropServices;

namespace Emu.Plugins;

/// <summary>A function that has been entered and not been left.</summary>
/// <param name="Kind">How it was entered.</param>
/// <param name="Function">Guest address of its first instruction, or where the vCPU began.</param>
/// <param name="CallSite">Guest address of the call or jump, or of the instruction that a signal interrupted; 0 for the first frame.</param>
/// <param name="WayBack">Guest address that it returns to; of a tail call that of the frame in whose place it is; 0 for the first frame and for a signal's handler, which ends by a system call.</param>
/// <param name="StackPointer">The stack pointer at its entry.</param>
/// <param name="Signal">For a signal's handler the signal, by the operating system's number; else 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StackFrame(FrameKind Kind, ulong Function, ulong CallSite, ulong WayBack, ulong StackPointer, int Signal = 0);
