using System.IO.Enumeration;
using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The registers whose changes are logged, in the debugger's order. The program counter is none of them: it always changes.</summary>
internal sealed class WatchedRegisters
{
    private readonly List<Register> _all = [];
    private readonly List<Register<ulong>> _wide = [];
    private readonly List<Register<uint>> _narrow = [];

    public WatchedRegisters(Host host, string[] patterns)
    {
        foreach (var register in host.Registers)
            if (register.Name != "pc" && Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, register.Name)))
                Add(host, register);
        if (patterns.Length > 0 && Count == 0)
            throw new PluginInstallException($"no register is named '{string.Join("' or '", patterns)}'");
    }

    public int Count => _wide.Count + _narrow.Count;

    /// <summary>What stands before a register's value, by its number: those of 8 bytes first.</summary>
    public List<byte[]> Labels { get; } = [];

    /// <summary>Those of 8 bytes.</summary>
    public int WideCount => _wide.Count;

    public ulong Read(Registers registers, int number) => number < _wide.Count ? registers.Read(_wide[number]) : registers.Read(_narrow[number - _wide.Count]);

    /// <summary>True if the operands of a disassembled instruction contain the name of one.</summary>
    public bool AreNamedIn(string text)
    {
        var operands = text.AsSpan(text.IndexOf('\t') + 1);
        foreach (var register in _all)
            if (operands.Contains(register.Name, StringComparison.Ordinal))
                return true;
        return false;
    }

    private void Add(Host host, Register register)
    {
        var label = Encoding.UTF8.GetBytes($", {register.Name} -> 0x");
        _all.Add(register);
        if (register.Size == sizeof(ulong))
        {
            Labels.Insert(_wide.Count, label);
            _wide.Add(host.FindRegister<ulong>(register.Name));
        }
        else
        {
            Labels.Add(label);
            _narrow.Add(host.FindRegister<uint>(register.Name));
        }
    }
}
