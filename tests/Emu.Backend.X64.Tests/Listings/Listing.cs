using System.Text;
using Emu.Backend.Tests.Differential;
using Emu.Engine.CodeCache;
using Emu.Ir;
using Emu.Ir.Text;
using Iced.Intel;
using Decoder = Iced.Intel.Decoder;

namespace Emu.Backend.X64.Tests.Listings;

/// <summary>Machine code as text that is the same in every run: what lies elsewhere has a name in place of its address.</summary>
internal static unsafe class Listing
{
    /// <summary>The IR of a block and the code that it becomes where it usually runs.</summary>
    public static string Of(BackendRun run, IrBlock block)
    {
        var text = new StringBuilder(IrPrinter.ToText(block).TrimEnd()).Append('\n');
        run.Emit(block);
        var bytes = CodeOf(run.Record);
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(bytes));
        var formatter = new NasmFormatter(new Elsewhere((ulong)bytes.Length));
        var line = new StringOutput();
        while (decoder.IP < (ulong)bytes.Length)
        {
            formatter.Format(decoder.Decode(), line);
            text.Append("    ").Append(line.ToStringAndReset()).Append('\n');
        }

        return text.ToString();
    }

    private static byte[] CodeOf(TranslatedBlock* block) => new ReadOnlySpan<byte>(block->Entry, block->CodeSize).ToArray();

    /// <summary>Names addresses behind the block's end, and those of the process.</summary>
    private sealed class Elsewhere(ulong length) : ISymbolResolver
    {
        private const ulong LeastOfProcess = 1UL << 40;

        public bool TryGetSymbol(in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
        {
            var isCode = instruction.IsJccShortOrNear || instruction.IsJmpShortOrNear || instruction.IsCallNear || instruction.IsIPRelativeMemoryOperand;
            symbol = new SymbolResult(address, isCode ? "elsewhere" : "process");
            return isCode ? address >= length : address >= LeastOfProcess && address < ulong.MaxValue - LeastOfProcess;
        }
    }
}
