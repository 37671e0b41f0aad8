using Emu.Plugins;

namespace Emu.Linux.Symbols;

/// <summary>A symbol with the address that its file gives it.</summary>
internal readonly record struct ElfSymbolEntry(string Name, ulong Address, ulong Size, SymbolKind Kind);
