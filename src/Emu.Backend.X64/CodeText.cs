using Emu.Backend.X64.Code;
using Emu.Engine.CodeCache;
using Iced.Intel;

namespace Emu.Backend.X64;

/// <summary>Machine code as text, for <c>-d out</c>.</summary>
internal static unsafe class CodeText
{
    /// <summary>Writes the hot code of a block, an instruction in each line.</summary>
    public static void Write(CodeMemory code, TranslatedBlock* block, TextWriter writer)
    {
        var start = (byte*)block->Entry;
        var bytes = new byte[block->CodeSize];
        new ReadOnlySpan<byte>(code.ToWritable(start), bytes.Length).CopyTo(bytes);
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(bytes), (ulong)start);
        var formatter = new NasmFormatter();
        var text = new StringOutput();
        while (decoder.IP < (ulong)start + (ulong)bytes.Length)
        {
            formatter.Format(decoder.Decode(), text);
            writer.WriteLine($"  {text.ToStringAndReset()}");
        }
    }
}
