using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>What follows from how often each block was entered: the totals of the run, of each function, class and extension, and each branch.</summary>
internal sealed class RunSummary
{
    private readonly Dictionary<(string Name, string Module), FunctionRow> _functions = [];
    private readonly Dictionary<string, (string Summary, ulong Count)> _classes = [];
    private readonly Dictionary<string, ulong> _extensions = [];
    private readonly Dictionary<ulong, BranchRow> _branches = [];
    private readonly List<BlockRow> _blocks = [];
    private readonly Host _host;
    private readonly IReadOnlyList<Module> _modules;

    /// <param name="host">Knows functions and modules.</param>
    /// <param name="blocks">All blocks.</param>
    /// <param name="counters">Their entries.</param>
    /// <param name="notTaken">How often the branch before an address was not taken.</param>
    public RunSummary(Host host, IEnumerable<BlockRecord> blocks, CounterList counters, Func<ulong, ulong> notTaken)
    {
        (_host, _modules) = (host, host.Modules);
        foreach (var block in blocks)
            if (counters.Sum(block.Counter) is > 0 and var entries)
                Add(block, entries);
        foreach (var branch in _branches.Values)
            branch.NotTaken = Math.Min(notTaken(branch.FallThrough), branch.Executed);
        Functions = _functions.Values.AsValueEnumerable().OrderByDescending(static function => function.Instructions).ThenBy(static function => function.Name, StringComparer.Ordinal).ToList();
        HotBlocks = _blocks.AsValueEnumerable().OrderByDescending(static row => row.Entries * (ulong)row.Block.Instructions.Length).ThenBy(static row => row.Block.Address).ToList();
    }

    public ulong Instructions { get; private set; }

    public ulong Loads { get; private set; }

    public ulong Stores { get; private set; }

    /// <summary>The functions, the most executed first.</summary>
    public List<FunctionRow> Functions { get; }

    /// <summary>The blocks, those in which most instructions were executed first.</summary>
    public List<BlockRow> HotBlocks { get; }

    /// <summary>Counts by class in words.</summary>
    public List<(string Name, ulong Count)> Classes => _classes.AsValueEnumerable().Select(static pair => (pair.Value.Summary, pair.Value.Count)).ToList();

    public List<(string Name, ulong Count)> Extensions => _extensions.AsValueEnumerable().Select(static pair => (pair.Key, pair.Value)).ToList();

    /// <summary>What sends the program elsewhere, the most executed first.</summary>
    public List<BranchRow> Branches => _branches.Values.AsValueEnumerable().OrderByDescending(static branch => branch.Executed).ThenBy(static branch => branch.Instruction.Address).ToList();

    /// <summary>Where an instruction comes from; nowhere if nothing tells.</summary>
    public SourceFrame SourceOf(ulong address) => _host.SourceAt(address) is [var frame, ..] ? frame : default;

    /// <summary>The name of the file that is mapped at an address; empty if none is.</summary>
    public string ModuleOf(ulong address) => Path.GetFileName(ModuleAt(address));

    private void Add(BlockRecord block, ulong entries)
    {
        var function = FunctionAt(block.Address);
        _blocks.Add(new(block, entries, function));
        foreach (ref readonly var insn in block.Instructions.AsSpan())
        {
            Instructions += entries;
            function.Instructions += entries;
            (Loads, function.Loads) = insn.IsLoad ? (Loads + entries, function.Loads + entries) : (Loads, function.Loads);
            (Stores, function.Stores) = insn.IsStore ? (Stores + entries, function.Stores + entries) : (Stores, function.Stores);
            _classes[insn.Class] = (insn.Summary, _classes.GetValueOrDefault(insn.Class).Count + entries);
            _extensions[insn.Extension] = _extensions.GetValueOrDefault(insn.Extension) + entries;
        }

        function.Entries += block.Address == function.Address ? entries : 0;
        AddBranch(block, entries, function);
    }

    private void AddBranch(BlockRecord block, ulong entries, FunctionRow function)
    {
        ref readonly var last = ref block.Instructions[^1];
        if (last.Flow is ControlFlow.Next or ControlFlow.System)
            return;
        if (!_branches.TryGetValue(last.Address, out var branch))
            _branches.Add(last.Address, branch = new BranchRow(last, last.Address + (ulong)block.LastSize, function));
        branch.Executed += entries;
    }

    private FunctionRow FunctionAt(ulong address)
    {
        var symbol = _host.SymbolAt(address);
        var module = symbol?.Module.Path ?? ModuleAt(address);
        var key = (symbol?.Name ?? "?", module);
        if (!_functions.TryGetValue(key, out var row))
            _functions.Add(key, row = new FunctionRow(key.Item1, Path.GetFileName(module), symbol?.Address ?? 0));
        return row;
    }

    private string ModuleAt(ulong address)
    {
        foreach (var module in _modules)
            if (module.Contains(address))
                return module.Path;
        return "";
    }
}

/// <summary>A block that was entered.</summary>
internal readonly record struct BlockRow(BlockRecord Block, ulong Entries, FunctionRow Function);

/// <summary>A function of which code was executed.</summary>
/// <param name="name">Its name, or <c>?</c> for all code of the module that has none.</param>
/// <param name="module">The file that it belongs to; empty for memory that is no file's.</param>
/// <param name="address">Its first instruction; 0 without a name.</param>
internal sealed class FunctionRow(string name, string module, ulong address)
{
    public string Name => name;

    public string Module => module;

    public ulong Address => address;

    public ulong Instructions { get; set; }

    public ulong Entries { get; set; }

    public ulong Loads { get; set; }

    public ulong Stores { get; set; }
}

/// <summary>An instruction that sends the program elsewhere.</summary>
internal sealed class BranchRow(InstructionRecord instruction, ulong fallThrough, FunctionRow function)
{
    public InstructionRecord Instruction => instruction;

    public ulong FallThrough => fallThrough;

    public FunctionRow Function => function;

    public ulong Executed { get; set; }

    /// <summary>Of a conditional branch.</summary>
    public ulong NotTaken { get; set; }
}
