using Emu.Plugins;

namespace Emu.Replay.Reading;

/// <summary>What a recording says that is needed before the first event: the guest, its program, its modules and symbols. They may stand anywhere in it.</summary>
internal sealed class RecordingHead
{
    private const string Magic = "emu-recording";
    private const ulong Version = 1;

    private readonly Dictionary<int, Module> _modules = [];
    private readonly List<(int Module, string Name, ulong Address, ulong Size, SymbolKind Kind)> _symbols = [];

    /// <summary>The architecture's name.</summary>
    public string GuestName { get; private set; } = "";

    /// <summary>What plugins are told of the program.</summary>
    public GuestInfo Guest { get; private set; } = new() { VCpus = 1 };

    /// <summary>The number of the last line.</summary>
    public int LastLine { get; private set; }

    /// <summary>True if another program's recording follows in the file: that of one that this one has executed.</summary>
    public bool IsContinued { get; private set; }

    /// <summary>Modules and symbols.</summary>
    public RecordedSymbols Symbols { get; private set; } = null!;

    /// <summary>The module of that number, or null.</summary>
    public Module? ModuleOf(int number) => _modules.GetValueOrDefault(number);

    /// <summary>Reads it.</summary>
    /// <exception cref="RecordingException">The recording cannot be read, or its head makes no sense.</exception>
    public static RecordingHead Read(Recording recording)
    {
        var head = new RecordingHead();
        var isBegun = false;
        foreach (var (number, text) in recording.Lines())
        {
            var line = new RecordedLine(recording, number, text);
            head.IsContinued = isBegun && text.StartsWith(Magic, StringComparison.Ordinal);
            if (head.IsContinued)
                break;
            head.LastLine = number;
            if (line.IsAtEnd || (isBegun && char.IsAsciiDigit(text[0])))
                continue;
            head.Take(isBegun, ref line);
            isBegun = true;
        }

        if (!isBegun)
            throw new RecordingException($"the recording {recording.Name} is empty");
        if (head.GuestName.Length == 0)
            throw new RecordingException($"the recording {recording.Name} does not name its guest, as in 'guest riscv64'");
        head.Symbols = new RecordedSymbols(head.Guest.ProgramPath, [.. head._modules.Values], head._symbols.ConvertAll(symbol => (head.ModuleOf(symbol.Module), symbol.Name, symbol.Address, symbol.Size, symbol.Kind)));
        return head;
    }

    private void Take(bool isBegun, ref RecordedLine line)
    {
        var verb = line.Word("what the line is");
        if (!isBegun)
        {
            if (verb is not Magic)
                throw line.Fail($"a recording begins with '{Magic} {Version}'");
            if (line.Number("the version") is not Version and var version)
                throw line.Fail($"the recording has version {version}; this emulator reads version {Version}");
            line.End();
            return;
        }

        switch (verb)
        {
            case "guest":
                GuestName = line.Name("the guest's name");
                line.End();
                break;
            case "program":
                Guest = Guest with { ProgramPath = line.Name("the program's path"), StartCode = line.Number("the code's start"), EndCode = line.Number("the code's end"), EntryCode = line.Number("the entry") };
                line.End();
                break;
            case "module":
                TakeModule(ref line);
                break;
            case "symbol":
                TakeSymbol(ref line);
                break;
        }
    }

    private void TakeModule(ref RecordedLine line)
    {
        var number = line.Count("the module's number");
        var (@base, start, end) = (line.Number("the module's base"), line.Number("the module's start"), line.Number("the module's end"));
        var (build, path) = (line.Name("the build's name"), line.Name("the module's path"));
        var segments = new List<ModuleSegment>();
        while (!line.IsAtEnd)
            segments.Add(new(line.Number("a segment's start"), line.Number("a segment's end"), line.Number("a segment's place in the file"), line.Rights("a segment's rights").Rights));
        if (number == 0 || !_modules.TryAdd(number, new Module(path, @base, start, end, build) { Segments = segments }))
            throw line.Fail(number == 0 ? "modules are numbered from 1 on" : $"there is a module {number} already");
    }

    private void TakeSymbol(ref RecordedLine line)
    {
        var module = line.Count("the module's number");
        var (address, size) = (line.Number("the symbol's address"), line.Number("the symbol's size"));
        var kind = line.Word("the kind of symbol");
        if (kind is not ("function" or "object"))
            throw line.Fail($"the kind of symbol is '{kind}'; allowed: function, object");
        _symbols.Add((module, line.Name("the symbol's name"), address, Math.Max(size, 1), kind is "function" ? SymbolKind.Function : SymbolKind.Object));
        line.End();
        if (module != 0 && !_modules.ContainsKey(module))
            throw line.Fail($"no module {module} was defined before");
    }
}
