using System.Globalization;
using System.Text;
using Emu.Cli.CommandLine;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;
using Emu.Ir.Text;
using ZLinq;

namespace Emu.Cli.Output;

/// <summary>Prints translations for <c>-d in_asm,ir,out</c>, block by block.</summary>
internal sealed unsafe class TextLog(DebugItems items, TextWriter output) : TranslationLog
{
    private readonly Lock _gate = new();

    public override void Input(IrBlock ir, IGuest guest, GuestMemory memory)
    {
        if (!items.Input)
            return;
        var text = new StringBuilder("----------------\nIN:\n");
        foreach (ref readonly var insn in ir.Insns)
        {
            if (insn.Op != IrOp.InsnStart)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"0x{insn.Imm:x8}:  ");
            guest.Disassemble((ulong)insn.Imm, new ReadOnlySpan<byte>(memory.Base + insn.Imm, insn.Size), text);
            text.Append('\n');
        }

        Write(text.ToString());
    }

    public override void Optimised(IrBlock ir, IGuest guest)
    {
        if (items.Ir)
            Write("IR:\n" + IrPrinter.ToText(ir, new IrNames(guest.Registers.AsValueEnumerable().Where(static register => register.IsStored).Select(register => (register.Name, register.Offset)).ToArray())));
    }

    public override void Output(TranslatedBlock* block, IBackend backend)
    {
        if (!items.Output)
            return;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"OUT: 0x{block->Pc:x8}, {block->CodeSize} bytes");
        backend.Print(block, text);
        Write(text.ToString());
    }

    private void Write(string text)
    {
        lock (_gate)
            output.Write(text);
    }
}
