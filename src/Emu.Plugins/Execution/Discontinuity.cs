namespace Emu.Plugins;

/// <summary>Where a vCPU went on without an instruction that says so.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="From">
/// Guest address of the instruction that was not executed, as it was interrupted or failed, or of the system call by which a handler returns: what the guest's own handler finds as the
/// interrupted program counter.
/// </param>
/// <param name="To">Guest address of the next instruction.</param>
/// <param name="Number">The signal, by the operating system's number; 0 for a return.</param>
public readonly record struct Discontinuity(DiscontinuityKind Kind, ulong From, ulong To, int Number);
