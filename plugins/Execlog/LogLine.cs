using System.Globalization;
using System.Text.Unicode;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The line of a vCPU's last instruction, as far as it is known, and what its registers were then. Used by the vCPU's thread alone.</summary>
internal sealed class LogLine
{
    private const int LongestLabel = 32;

    private readonly WatchedRegisters _registers;
    private readonly ulong[] _values;
    private readonly int _start;
    private byte[] _text = new byte[512];
    private int _length;

    public LogLine(int vcpu, WatchedRegisters registers, Registers current)
    {
        _registers = registers;
        _values = new ulong[registers.Count];
        for (var i = 0; i < _values.Length; i++)
            _values[i] = registers.Read(current, i);
        Utf8.TryWrite(_text, CultureInfo.InvariantCulture, $"{vcpu}, ", out _start);
    }

    /// <summary>The last instruction's line is complete; the next one's begins.</summary>
    public void Begin(in VCpu vcpu, PluginOutput output, byte[] instruction)
    {
        End(vcpu, output);
        _length = _start;
        Append(instruction);
    }

    /// <summary>The line is complete.</summary>
    public void End(in VCpu vcpu, PluginOutput output)
    {
        if (_length == 0)
            return;
        Append("\n"u8);
        output.Write(vcpu, _text.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>The instruction has accessed memory.</summary>
    public void AppendAccess(bool isStore, ulong address)
    {
        Append(isStore ? ", store, 0x"u8 : ", load, 0x"u8);
        AppendHex(address, 8);
    }

    /// <summary>Notes what has changed since it was called last.</summary>
    public void AppendChanges(Registers registers)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var value = _registers.Read(registers, i);
            if (value == _values[i])
                continue;
            _values[i] = value;
            if (_length == 0)
                continue;
            Append(_registers.Labels[i]);
            AppendHex(value, i < _registers.WideCount ? 16 : 8);
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        MakeRoom(text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void AppendHex(ulong value, int digits)
    {
        MakeRoom(LongestLabel);
        while (digits < 16 && value >> (4 * digits) != 0)
            digits++;
        for (var shift = 4 * (digits - 1); shift >= 0; shift -= 4)
            _text[_length++] = "0123456789abcdef"u8[(int)(value >> shift) & 15];
    }

    private void MakeRoom(int more)
    {
        if (_length + more > _text.Length)
            Array.Resize(ref _text, 2 * (_length + more));
    }
}
