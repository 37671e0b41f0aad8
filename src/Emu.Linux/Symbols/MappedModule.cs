using Emu.Engine.Memory;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Symbols.Dwarf;
using Emu.Plugins;
using ZLinq;

namespace Emu.Linux.Symbols;

/// <summary>A file that is or was mapped at one place. Its symbols are read when they are first asked for. Thread-safe.</summary>
internal sealed class MappedModule
{
    private const ulong PageMask = GuestMemory.PageSize - 1UL;

    private readonly Lazy<ElfSymbolTable> _symbols;
    private readonly Lazy<DwarfFile> _source;

    private MappedModule(Module module, string? sysroot)
    {
        Module = module;
        _symbols = new(() => Read(module, sysroot, ElfSymbolTable.Read) ?? ElfSymbolTable.Empty);
        _source = new(() => Read(module, sysroot, DwarfFile.Read) ?? DwarfFile.Empty);
    }

    public Module Module { get; }

    /// <summary>All of its symbols.</summary>
    public IEnumerable<Symbol> Symbols => _symbols.Value.All.AsValueEnumerable().Select(entry => Place(entry)).ToArray();

    /// <summary>The symbol at a guest address.</summary>
    public Symbol? SymbolAt(ulong address) => _symbols.Value.TryFind(address - Module.Base, out var found) ? Place(found) : null;

    /// <summary>The symbol of a name.</summary>
    public Symbol? FindSymbol(string name) => _symbols.Value.TryFind(name, out var found) ? Place(found) : null;

    /// <summary>Where the instruction at a guest address comes from, the innermost inlined function first.</summary>
    public IReadOnlyList<SourceFrame> SourceAt(ulong address) => _source.Value.FramesAt(address - Module.Base);

    /// <summary>The pieces of code that have a line.</summary>
    public IEnumerable<SourceRange> SourceRanges
    {
        get
        {
            foreach (var range in _source.Value.Ranges)
                yield return range with { Start = range.Start + Module.Base, End = range.End + Module.Base };
        }
    }

    /// <summary>The functions that have code of their own.</summary>
    public IEnumerable<SourceFunction> SourceFunctions
    {
        get
        {
            foreach (var function in _source.Value.Functions)
                yield return function with { Address = function.Address + Module.Base };
        }
    }

    /// <summary>The module that a mapping is a part of; null if the file is no ELF file, is not there any more, or has no such segment.</summary>
    public static MappedModule? Of(GuestMemory memory, in Mapping mapping, string? sysroot)
    {
        if (mapping.File is not { IsSegment: false } identity)
            return null;
        try
        {
            using var file = ProgramFile.Open(RawText.Encode(identity.Name), identity.Name, mustBeExecutable: false);
            if (!file.Identity.Equals(identity))
                return null;
            var sections = new ElfSections(file);
            return BiasOf(memory, mapping, sections) is { } bias ? At(bias, identity.Name, sections, sysroot) : null;
        }
        catch (ProgramLoadException)
        {
            return null; // Its places have no names.
        }
    }

    /// <summary>How far from its own addresses a file lies, if the mapping is of one of its segments.</summary>
    private static ulong? BiasOf(GuestMemory memory, in Mapping mapping, ElfSections sections)
    {
        // A page of the file may belong to several segments, in a small file all of them: the others tell which one was mapped here.
        var (offset, found, most) = ((ulong)mapping.Offset, (ulong?)null, 0);
        foreach (var segment in sections.Segments)
        {
            if (offset < FirstPage(segment) || offset >= segment.Offset + Math.Max(segment.FileSize, 1))
                continue;
            var bias = mapping.Start - (offset - FirstPage(segment)) - (segment.Address & ~PageMask);
            var inPlace = InPlace(memory, mapping, sections, bias);
            if (inPlace >= most)
                (found, most) = (bias, inPlace);
        }
        return found;
    }

    /// <summary>How many segments lie where the bias says.</summary>
    private static int InPlace(GuestMemory memory, in Mapping mapping, ElfSections sections, ulong bias)
    {
        var count = 0;
        foreach (var segment in sections.Segments)
        {
            var page = bias + (segment.Address & ~PageMask);
            if (memory.TryFindMapping(page, out var other) && Equals(other.File, mapping.File) && (ulong)other.Offset + (page - other.Start) == FirstPage(segment))
                count++;
        }
        return count;
    }

    /// <summary>Where the first page of a segment lies in the file.</summary>
    private static ulong FirstPage(in ElfProgramHeader segment) => segment.Offset & ~PageMask;

    private static MappedModule At(ulong bias, string path, ElfSections sections, string? sysroot)
    {
        var start = sections.Segments.AsValueEnumerable().Min(static segment => segment.Address & ~PageMask);
        var end = sections.Segments.AsValueEnumerable().Max(static segment => segment.Address + segment.MemorySize);
        var segments = Array.ConvertAll(sections.Segments, segment => new ModuleSegment(bias + segment.Address, bias + segment.Address + segment.MemorySize, segment.Offset, RightsOf(segment)));
        return new MappedModule(new Module(path, bias, bias + start, bias + end, sections.BuildId()) { Segments = segments }, sysroot);
    }

    // PF_X, PF_W, PF_R (gABI, chapter 5)
    private static MapRights RightsOf(in ElfProgramHeader segment) =>
        ((segment.Flags & 4) != 0 ? MapRights.Read : 0) | ((segment.Flags & 2) != 0 ? MapRights.Write : 0) | ((segment.Flags & 1) != 0 ? MapRights.Execute : 0);

    private Symbol Place(in ElfSymbolEntry found) => new(found.Name, found.Address + Module.Base, found.Size, found.Kind, Module);

    /// <summary>What a file and the one with what was stripped from it tell; null if it cannot be read any more.</summary>
    private static T? Read<T>(Module module, string? sysroot, Func<ElfSections, ElfSections?, T> read)
        where T : class
    {
        try
        {
            using var file = DebugFile.TryOpen(module.Path);
            if (file is null)
                return null;
            var sections = new ElfSections(file);
            using var stripped = DebugFile.TryOpen(module.Path, sections, sysroot);
            return read(sections, stripped is null ? null : new ElfSections(stripped));
        }
        catch (ProgramLoadException)
        {
            return null; // The disk gave no answer: its places have no names.
        }
    }
}
