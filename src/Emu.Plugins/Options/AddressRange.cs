namespace Emu.Plugins;

/// <summary>A range of guest addresses, as an option: <c>0x10000-0x20000</c>, whose end is not part of it, <c>0x10000+4K</c>, or one address.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The first one behind it.</param>
public readonly record struct AddressRange(ulong Start, ulong End)
{
    /// <summary>True if the address is one of it.</summary>
    public bool Contains(ulong address) => address >= Start && address < End;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"0x{Start:x}-0x{End:x}");
}
