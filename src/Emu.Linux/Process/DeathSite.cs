using System.Globalization;

namespace Emu.Linux.Process;

/// <summary>Where a signal found the thread that it killed, and the process with it.</summary>
/// <param name="Signal">The signal's name, such as <c>SIGSEGV</c>.</param>
/// <param name="Pc">Guest address of the instruction that raised it; for a signal that was sent, of the next instruction.</param>
/// <param name="Address">For a signal that an instruction raised: the address of the fault, <c>si_addr</c> of sigaction(2).</param>
/// <param name="Sender">For a signal that was sent: the process that sent it.</param>
public sealed record DeathSite(string Signal, ulong Pc, ulong? Address, int Sender)
{
    /// <summary>One line; <paramref name="place"/> is what lies at the program counter, <c>main+0x1c</c>, or null.</summary>
    public string Describe(string? place) => string.Create(
        CultureInfo.InvariantCulture,
        $"killed by {Signal} {(Address is { } address ? $"for address 0x{address:x}" : $"from process {Sender}")} at pc 0x{Pc:x}{(place is null ? "" : $" ({place})")}");
}
