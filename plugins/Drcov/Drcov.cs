using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Writes which blocks of which files were executed, as coverage tools read it: DynamoRIO's drcov format, version 2 or 3.</summary>
/// <remarks>
/// A block counts if it was entered. Offsets are from the lowest address of the file's mapping, which the table of modules gives as its base. Code that lies in no file, such as a
/// compiler's in the guest, has no place in the format; how much of it there was the report tells.
/// </remarks>
[EmuPlugin("drcov", "Writes which code was executed, in the drcov format of coverage tools")]
public sealed partial class Drcov : Plugin, IOnTranslate, IOnModuleLoad, IOnFork, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p drcov,filename=prog.cov PROGRAM";

    private readonly List<Module> _modules = [];
    private readonly Dictionary<(int Module, uint Offset, int Size), int> _blocks = [];
    private readonly HashSet<(ulong Address, int Size)> _strangers = [];
    private readonly Lock _gate = new();
    private CounterList _entries = null!;
    private PluginOutput _output = null!;
    private bool _isWriter;

    [Option("filename", "The file to write; %p is the number of the process, without which only the first process writes")]
    public string FileName { get; init; } = "file.drcov.trace";

    [Option("version", "The version of the format: 2 or 3")]
    public int Version { get; init; } = 2;

    private bool IsPerProcess => FileName.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine has no files to be covered: drcov is for programs");
        if (Version is not (2 or 3))
            throw new PluginInstallException($"option 'version' does not take '{Version}'; allowed: 2 or 3");
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _entries = Host.NewCounters();
        _output = Host.OpenOutput(FileName);
    }

    public void OnModuleLoad(in VCpu vcpu, Module module)
    {
        lock (_gate)
            _modules.Add(module);
    }

    // A child has what its parent had covered; in a file of its own that is right, and there is no second table in one file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false } && !IsPerProcess)
            _isWriter = false;
    }

    public void OnTranslate(TranslationBlock block)
    {
        lock (_gate)
        {
            // The last one that was loaded there: it may lie where an earlier one was.
            var address = block.Address;
            var module = _modules.FindLastIndex(module => module.Contains(address));
            if (module < 0)
            {
                _strangers.Add((address, block.Size));
                return;
            }

            var key = (module, (uint)(address - _modules[module].Start), block.Size);
            if (!_blocks.TryGetValue(key, out var entry))
                _blocks.Add(key, entry = _entries.Add());
            block.StoreOnExecute(_entries.Entry(entry), 1);
        }
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        var executed = _blocks.AsValueEnumerable().Where(block => _entries.Sum(block.Value) > 0).Select(block => block.Key).Order().ToArray();
        var (blocks, modules, outside) = (executed.Length, _modules.Count, _strangers.Count);
        report.Line("summary", $"drcov: {blocks} blocks of {modules} modules, {outside} blocks outside of them");

        _output.Restart();
        _output.Write(Encoding.UTF8.GetBytes(Table(blocks)));
        var record = new byte[DrcovBlock.Size];
        foreach (var (module, offset, size) in executed)
        {
            DrcovBlock.Write(record, offset, size, module);
            _output.Write(record);
        }
    }

    private string Table(int blocks)
    {
        var text = new StringBuilder($"DRCOV VERSION: {Version}\nDRCOV FLAVOR: drcov-64\n");
        text.Append(Version == 2
            ? $"Module Table: version 2, count {_modules.Count}\nColumns: id, base, end, entry, path\n"
            : $"Module Table: version 5, count {_modules.Count}\nColumns: id, containing_id, start, end, entry, offset, preferred_base, path\n");
        for (var id = 0; id < _modules.Count; id++)
        {
            var module = _modules[id];
            var entry = module.Contains(Host.Guest.EntryCode) ? Host.Guest.EntryCode : 0;
            text.Append(Version == 2
                ? $"{id}, 0x{module.Start:x}, 0x{module.End:x}, 0x{entry:x}, {module.Path}\n"
                : $"{id}, {id}, 0x{module.Start:x}, 0x{module.End:x}, 0x{entry:x}, 0x0, 0x{module.Start - module.Base:x}, {module.Path}\n");
        }

        return text.Append($"BB Table: {blocks} bbs\n").ToString();
    }
}
