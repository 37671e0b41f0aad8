namespace Emu.Plugins;

/// <summary>A named place of the guest's program or of one of its libraries, from the symbol table of the file.</summary>
/// <param name="Name">The name as the file has it: C++ and Rust names are mangled.</param>
/// <param name="Address">Guest address of its first byte.</param>
/// <param name="Size">Bytes; for a function that was written in assembly without a size, up to the next one. At least 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Module">The file that it belongs to.</param>
public readonly record struct Symbol(string Name, ulong Address, ulong Size, SymbolKind Kind, Module Module)
{
    /// <summary>How far an address lies behind the first byte.</summary>
    public ulong OffsetOf(ulong address) => address - Address;

    /// <summary>The place of an address in it: <c>main+0x1c</c>.</summary>
    public string PlaceOf(ulong address) => $"{Name}+0x{OffsetOf(address):x}";
}
