using System.Globalization;
using System.Text;
using Emu.Guest.RiscV;
using Emu.Replay;

namespace Emu.Plugins.Testing;

/// <summary>
/// Makes a recording without a guest, line by line: blocks from assembled instructions, and what vCPUs do in them. It is the same text that may be written by hand; <see cref="ToString"/> shows it.
/// </summary>
/// <example>
/// <code>
/// var stream = new RecordingBuilder();
/// var block = stream.Block(0x1000, code => { code.Ld(XRegister.A0, XRegister.Sp, 8); code.Ret(); });
/// stream.VCpu(0).Start(1).Enter(block).Load(0, 0x8000, 8, 42).Taken(1, 0x2000).Exit();
/// var report = PluginTest&lt;LinkedPlugins&gt;.Run(stream.Build(), "mem").Report;
/// </code>
/// </example>
public sealed class RecordingBuilder
{
    private static readonly RiscVGuest Guest = new(CpuModel.Max);

    private readonly StringBuilder _text = new("emu-recording 1\nguest riscv64\n");
    private int _blocks;

    /// <summary>Adds a line as it is.</summary>
    public RecordingBuilder Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>Names a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">Guest address of its first byte.</param>
    /// <param name="size">Its bytes.</param>
    public RecordingBuilder Function(string name, ulong address, ulong size) => Line(string.Create(CultureInfo.InvariantCulture, $"symbol 0 0x{address:x} {size} function {name}"));

    /// <summary>Adds a block of instructions, which is entered at its first.</summary>
    /// <param name="address">Guest address of the first.</param>
    /// <param name="assemble">Writes the instructions, one at least.</param>
    /// <returns>The block's number, to be entered by.</returns>
    public int Block(ulong address, Action<Assembler> assemble)
    {
        var code = new Assembler();
        assemble(code);
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"block {++_blocks} 0x{address:x}");
        for (var rest = code.ToArray(); rest.Length > 0;)
        {
            var length = Guest.Describe(address, rest).Length;
            line.Append(' ');
            for (var i = length - 1; i >= 0; i--)
                line.Append(CultureInfo.InvariantCulture, $"{rest[i]:x2}");
            rest = rest[length..];
        }

        Line(line.ToString());
        return _blocks;
    }

    /// <summary>A vCPU, to say what it does.</summary>
    /// <param name="index">Its number, from 0.</param>
    public RecordedVCpu VCpu(int index) => new(this, index);

    /// <summary>The recording.</summary>
    public Recording Build() => Recording.Of(ToString());

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
