using System.Runtime.InteropServices;
using System.Text;
using Emu.Engine.Instrumentation;
using Emu.Linux.Host;
using ZLinq;

namespace Emu.Linux.Loading;

/// <summary>
/// The functions of one ELF file, from its symbol table (gABI, chapter 4: SHT_SYMTAB, else SHT_DYNSYM). The file is read when the first name is asked for; a table that is missing
/// or broken has no names, as names are a convenience. Thread-safe.
/// </summary>
public sealed class ElfSymbols : ISymbolSource
{
    private const uint SymbolTable = 2;
    private const uint DynamicSymbols = 11;
    private const int FunctionType = 2;
    private const int IndirectFunctionType = 10;

    private readonly Lazy<(ulong Start, ulong End, string Name)[]> _functions;

    /// <summary>The functions of a file that is mapped at its own addresses plus <paramref name="bias"/>.</summary>
    /// <param name="path">The file on the host; absolute, as the guest may go to another directory.</param>
    /// <param name="bias">What was added to the file's addresses.</param>
    public ElfSymbols(byte[] path, ulong bias) => _functions = new(() => Read(path, bias));

    /// <inheritdoc/>
    public string? NameOf(ulong address) => Find(address)?.Name;

    /// <summary>The function that an address lies in and how far, <c>main+0x1c</c>, or null.</summary>
    public string? PlaceOf(ulong address) => Find(address) is { } function ? $"{function.Name}+0x{address - function.Start:x}" : null;

    private (ulong Start, ulong End, string Name)? Find(ulong address)
    {
        var functions = _functions.Value;
        var (low, high) = (0, functions.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (functions[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && address < functions[low - 1].End ? functions[low - 1] : null;
    }

    private static (ulong Start, ulong End, string Name)[] Read(byte[] path, ulong bias)
    {
        try
        {
            using var file = ProgramFile.Open(path, RawText.Decode(path), mustBeExecutable: false);
            return ReadFunctions(file, bias);
        }
        catch (ProgramLoadException)
        {
            // The file was there when it was loaded; if it is gone or unreadable now, its functions have no names.
            return [];
        }
    }

    private static (ulong Start, ulong End, string Name)[] ReadFunctions(ProgramFile file, ulong bias)
    {
        var header = ReadArray<ElfHeader>(file, 0, 1);
        if (header.Length == 0)
            return [];
        var sections = ReadArray<ElfSectionHeader>(file, header[0].SectionHeaderOffset, header[0].SectionHeaderCount);
        var table = Array.Find(sections, static section => section.Type == SymbolTable);
        if (table.Type == 0)
            table = Array.Find(sections, static section => section.Type == DynamicSymbols);
        if (table.Type == 0 || table.Link >= sections.Length)
            return [];
        var symbols = ReadArray<ElfSymbol>(file, table.Offset, table.Size / ElfSymbol.Bytes);
        var names = ReadArray<byte>(file, sections[table.Link].Offset, sections[table.Link].Size);
        var functions = symbols.AsValueEnumerable().Where(IsFunction).Select(symbol => (symbol.Value, symbol.Size, Name: NameAt(names, symbol.Name)))
            .Where(static function => function.Name.Length > 0).OrderBy(static function => function.Value).ToArray();
        for (var index = 0; index < functions.Length; index++)
            functions[index] = (functions[index].Value + bias, EndOf(functions, index) + bias, functions[index].Name);
        return functions;
    }

    private static bool IsFunction(ElfSymbol symbol) => (symbol.Info & 15) is FunctionType or IndirectFunctionType && symbol.Section != 0;

    /// <summary>Functions written in assembly often have no size: they reach to the next one.</summary>
    private static ulong EndOf((ulong Value, ulong Size, string Name)[] functions, int index)
    {
        var (start, size, _) = functions[index];
        return size > 0 || index + 1 == functions.Length ? start + Math.Max(size, 1) : functions[index + 1].Value;
    }

    private static string NameAt(byte[] names, uint offset)
    {
        if (offset >= names.Length)
            return "";
        var text = names.AsSpan((int)offset);
        var length = text.IndexOf((byte)0);
        return length < 0 ? "" : Encoding.UTF8.GetString(text[..length]);
    }

    /// <summary>Reads an array of structures; empty if it does not lie in the file.</summary>
    private static unsafe T[] ReadArray<T>(ProgramFile file, ulong offset, ulong count)
        where T : unmanaged
    {
        var size = (ulong)file.Size;
        if (offset > size || count > (size - offset) / (ulong)sizeof(T) || count * (ulong)sizeof(T) > int.MaxValue)
            return [];
        var items = new T[count];
        return file.ReadAt((long)offset, MemoryMarshal.AsBytes(items.AsSpan())) == items.Length * sizeof(T) ? items : [];
    }
}
