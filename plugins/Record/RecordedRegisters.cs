using System.IO.Enumeration;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The registers whose values are recorded, and the last ones of each vCPU. Those of a vCPU are used on its thread.</summary>
internal sealed class RecordedRegisters
{
    private readonly List<Register> _registers = [];
    private readonly Lock _gate = new();
    private volatile ulong?[]?[] _last = [];

    /// <exception cref="PluginInstallException">A pattern fits no register.</exception>
    public RecordedRegisters(Host host, string[] patterns)
    {
        foreach (var pattern in patterns)
        {
            var found = 0;
            foreach (var register in host.Registers)
                if (register.Name != "pc" && register.Size <= sizeof(ulong) && FileSystemName.MatchesSimpleExpression(pattern, register.Name) && ++found > 0 && !_registers.Contains(register))
                    _registers.Add(register);
            if (found == 0)
                throw new PluginInstallException($"option 'reg': no register is named '{pattern}'");
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _registers.Count;

    /// <summary>A vCPU starts: nothing of it is known.</summary>
    public void Start(int vcpu)
    {
        lock (_gate)
        {
            var last = _last;
            if (vcpu >= last.Length)
                Array.Resize(ref last, vcpu + 1);
            last[vcpu] = new ulong?[Count];
            _last = last;
        }
    }

    /// <summary>True if a vCPU has other values than when it was looked at last.</summary>
    public bool HaveChanged(int vcpu, Registers registers)
    {
        if (vcpu >= _last.Length || _last[vcpu] is not { } last)
            return true;
        for (var i = 0; i < last.Length; i++)
            if (last[i] != registers.Read(_registers[i]))
                return true;
        return false;
    }

    /// <summary>Takes the values of a vCPU, and makes a line of each that has changed; null for none.</summary>
    public List<string>? Take(int vcpu, Registers registers)
    {
        List<string>? changes = null;
        var last = _last[vcpu]!;
        for (var i = 0; i < last.Length; i++)
        {
            var value = registers.Read(_registers[i]);
            if (last[i] == value)
                continue;
            last[i] = value;
            (changes ??= []).Add($"{vcpu} reg {_registers[i].Name} 0x{value:x}");
        }

        return changes;
    }
}
