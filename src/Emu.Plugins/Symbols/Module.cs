namespace Emu.Plugins;

/// <summary>An ELF file that the guest has mapped: the program, its interpreter, a library. Kept after it was unmapped, so what was counted in it keeps its names.</summary>
/// <param name="Path">The file on the host, absolute, without symbolic links.</param>
/// <param name="Base">What was added to the addresses of the file: 0 for a program that is linked to fixed addresses.</param>
/// <param name="Start">Guest address of its first page.</param>
/// <param name="End">Guest address after its last byte.</param>
/// <param name="BuildId">What the linker named it by, in hexadecimal; empty if it did not.</param>
public sealed record Module(string Path, ulong Base, ulong Start, ulong End, string BuildId)
{
    /// <summary>The segments that are loaded, in the order of the file.</summary>
    public IReadOnlyList<ModuleSegment> Segments { get; init; } = [];

    /// <summary>True if the address lies in it.</summary>
    public bool Contains(ulong address) => address >= Start && address < End;

    /// <summary>The same file at the same place.</summary>
    public bool Equals(Module? other) => other is not null && (Path, Base, Start, End, BuildId) == (other.Path, other.Base, other.Start, other.End, other.BuildId);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Base, Start, End, BuildId);
}
