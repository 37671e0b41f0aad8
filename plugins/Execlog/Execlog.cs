using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Logs executed instructions with their memory accesses and the registers that they changed. A line is complete when the next instruction begins: only then the system call, too, has written its result.</summary>
[EmuPlugin("execlog", "Logs executed instructions, their memory accesses and changed registers")]
public sealed partial class Execlog : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p execlog,reg=a?,outfile=log.txt PROGRAM";

    private readonly Dictionary<(ulong Address, ulong Opcode), int> _numbers = [];
    private readonly Lock _gate = new();
    private volatile byte[][] _texts = [];
    private volatile LogLine?[] _lines = [];
    private WatchedRegisters _registers = null!;
    private InstructionFilter _filter = null!;
    private PluginOutput _output = null!;

    [Option("ifilter", "Log only instructions whose disassembly begins with this text")]
    public string[] Texts { get; init; } = [];

    [Option("afilter", "Log only the instruction at this address, hexadecimal")]
    public string[] Addresses { get; init; } = [];

    [Option("reg", "Log changes of the registers whose names match this pattern with * and ?")]
    public string[] Patterns { get; init; } = [];

    [Option("rdisas", "Look for changes only behind instructions that name one of the registers")]
    public bool OnlyNamed { get; init; }

    [Option("outfile", "Write to this file, %p is the number of the process; - is the log")]
    public string File { get; init; } = "-";

    public override void Install(in GuestInfo guest)
    {
        _filter = new InstructionFilter(Texts, Addresses);
        _registers = new WatchedRegisters(Host, Patterns);
        _output = Host.OpenOutput(File);
    }

    public void OnVCpuInit(in VCpu vcpu)
    {
        var line = new LogLine(vcpu.Index, _registers, Host.RegistersOf(vcpu));
        lock (_gate)
        {
            var lines = _lines;
            if (vcpu.Index >= lines.Length)
                Array.Resize(ref lines, vcpu.Index + 1);
            lines[vcpu.Index] = line;
            _lines = lines;
        }
    }

    public void OnVCpuExit(in VCpu vcpu) => _lines[vcpu.Index]!.End(vcpu, _output);

    public void OnTranslate(TranslationBlock block)
    {
        var looks = _registers.Count > 0;
        foreach (var insn in block)
        {
            var text = insn.Disassemble();
            var isNamed = OnlyNamed && _registers.AreNamedIn(text);
            if (isNamed || _filter.Includes(insn.Address, text))
                Log(insn, text, looks);
            else if (looks)
                insn.OnExecute<Callbacks.Passed>();
            if (OnlyNamed)
                looks = isNamed;
        }
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint number) => _lines[vcpu.Index]!.Begin(vcpu, _output, _texts[number]);

    [ExecCallback]
    private void ExecutedLooking(in VCpu vcpu, Registers registers, nint number)
    {
        var line = _lines[vcpu.Index]!;
        line.AppendChanges(registers);
        line.Begin(vcpu, _output, _texts[number]);
    }

    [ExecCallback]
    private void Passed(in VCpu vcpu, Registers registers, nint number) => _lines[vcpu.Index]!.AppendChanges(registers);

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint number) => _lines[vcpu.Index]!.AppendAccess(access.IsStore, access.Address);

    private void Log(Instruction insn, string text, bool looks)
    {
        var number = NumberOf(insn, text);
        if (looks)
            insn.OnExecute<Callbacks.ExecutedLooking>(number);
        else
            insn.OnExecute<Callbacks.Executed>(number);
        insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite);
    }

    // An instruction that is translated again, or by several vCPUs at once, keeps its number.
    private int NumberOf(Instruction insn, string text)
    {
        lock (_gate)
        {
            var key = (insn.Address, insn.Opcode);
            if (_numbers.TryGetValue(key, out var number))
                return number;
            number = _numbers.Count;
            var texts = _texts;
            if (number == texts.Length)
                Array.Resize(ref texts, Math.Max(256, number * 2));
            texts[number] = Encoding.UTF8.GetBytes($"0x{insn.Address:x}, 0x{insn.Opcode:x}, \"{text.Replace('\t', ' ')}\"");
            _texts = texts;
            _numbers.Add(key, number);
            return number;
        }
    }
}
