using System.Buffers.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Rows <c>vcpu,pc,address,size,kind</c>.</summary>
internal sealed class CsvWriter : ITraceWriter
{
    private readonly Lines _lines = new();

    /// <summary>The names of the columns, as the file's first line.</summary>
    public static ReadOnlySpan<byte> Header => "vcpu,pc,address,size,kind\n"u8;

    public ReadOnlySpan<byte> Write(VCpuId vcpu, ReadOnlySpan<Access> accesses)
    {
        _lines.Begin(accesses.Length);
        foreach (ref readonly var access in accesses)
        {
            _lines.AppendDecimal(vcpu.Index);
            _lines.Append(",0x"u8);
            _lines.AppendHex(access.Pc);
            _lines.Append(",0x"u8);
            _lines.AppendHex(access.Address);
            _lines.Append(","u8);
            _lines.AppendDecimal(access.Size);
            _lines.Append(access.IsStore ? ",store\n"u8 : ",load\n"u8);
        }

        return _lines.Text;
    }
}

/// <summary>Rows <c>label address</c>, of which the label is 0 for a load and 1 for a store.</summary>
internal sealed class DineroWriter : ITraceWriter
{
    private readonly Lines _lines = new();

    public ReadOnlySpan<byte> Write(VCpuId vcpu, ReadOnlySpan<Access> accesses)
    {
        _lines.Begin(accesses.Length);
        foreach (ref readonly var access in accesses)
        {
            _lines.Append(access.IsStore ? "1 "u8 : "0 "u8);
            _lines.AppendHex(access.Address);
            _lines.Append("\n"u8);
        }

        return _lines.Text;
    }
}

/// <summary>Text that is made without garbage.</summary>
internal sealed class Lines
{
    /// <summary>No line is longer: two numbers of 64 bits, two short ones, and words.</summary>
    private const int Longest = 72;

    private byte[] _text = [];
    private int _length;

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Begins a text of so many lines.</summary>
    public void Begin(int lines)
    {
        if (_text.Length < lines * Longest)
            _text = new byte[lines * Longest];
        _length = 0;
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    public void AppendDecimal(int number)
    {
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out var written);
        _length += written;
    }

    public void AppendHex(ulong number)
    {
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out var written, 'x');
        _length += written;
    }
}
