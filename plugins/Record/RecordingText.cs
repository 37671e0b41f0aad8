using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The lines of a recording on their way to its file, packed if its name asks for that. Used under the plugin's lock.</summary>
internal sealed class RecordingText
{
    private const int Room = 64 * 1024;
    private const int LongestStep = 128;

    private readonly PluginOutput _output;
    private readonly MemoryStream? _packed;
    private readonly byte[] _text = new byte[Room];
    private GZipStream? _packing;
    private int _length;

    public RecordingText(PluginOutput output, bool isPacked)
    {
        _output = output;
        _packed = isPacked ? new MemoryStream() : null;
    }

    /// <summary>Writes a line.</summary>
    public void Line(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        if (bytes.Length > Room - _length)
            Flush();
        if (bytes.Length > Room)
        {
            Send(bytes);
            return;
        }

        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes a line of a vCPU with one number.</summary>
    public void Progress(int vcpu, ReadOnlySpan<byte> verb, int number)
    {
        Begin(vcpu, verb);
        Decimal(number);
        _text[_length++] = (byte)'\n';
    }

    /// <summary>Writes the line of an access.</summary>
    public void Access(int vcpu, in Step step)
    {
        Begin(vcpu, step.IsStore ? "store"u8 : "load"u8);
        Decimal(step.Index);
        Hex(step.Address);
        Decimal((int)step.Size);
        Hex(step.Value);
        _text[_length++] = (byte)'\n';
    }

    /// <summary>Writes the line of an edge.</summary>
    public void Edge(int vcpu, in Step step)
    {
        Begin(vcpu, step.IsTaken ? "taken"u8 : "passed"u8);
        Decimal(step.Index);
        Hex(step.Address);
        Hex(step.Value);
        _text[_length++] = (byte)'\n';
    }

    /// <summary>Writes what is kept back.</summary>
    public void Flush()
    {
        Send(_text.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Writes all that there is. Another line may follow.</summary>
    public void End()
    {
        Flush();
        _packing?.Dispose();
        _packing = null;
        Hand();
    }

    /// <summary>Forgets what is kept back: it is another process's.</summary>
    public void Forget()
    {
        _length = 0;
        _packing = null;
        _packed?.SetLength(0);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return;
        if (_packed is null)
        {
            _output.Write(bytes);
            return;
        }

        _packing ??= new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        _packing.Write(bytes);
        Hand();
    }

    private void Hand()
    {
        if (_packed is not { Length: > 0 })
            return;
        _output.Write(_packed.GetBuffer().AsSpan(0, (int)_packed.Length));
        _packed.SetLength(0);
    }

    private void Begin(int vcpu, ReadOnlySpan<byte> verb)
    {
        if (Room - _length < LongestStep)
            Flush();
        Utf8Formatter.TryFormat(vcpu, _text.AsSpan(_length), out var written);
        _length += written;
        _text[_length++] = (byte)' ';
        verb.CopyTo(_text.AsSpan(_length));
        _length += verb.Length;
    }

    private void Decimal(int number)
    {
        _text[_length++] = (byte)' ';
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out var written);
        _length += written;
    }

    private void Hex(ulong number)
    {
        " 0x"u8.CopyTo(_text.AsSpan(_length));
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length + 3), out var written, 'x');
        _length += 3 + written;
    }

    /// <summary>A name or path as one word: what would end it, and <c>%</c>, as <c>%</c> and the byte in hexadecimal; nothing as <c>-</c>.</summary>
    public static string Word(string name)
    {
        if (name.Length == 0)
            return "-";
        var word = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(name))
            if (value is <= 0x20 or 0x7F or (byte)'%' or (byte)'#' || (name == "-"))
                word.Append(CultureInfo.InvariantCulture, $"%{value:x2}");
            else
                word.Append((char)value);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word.ToString()));
    }
}
