using Emu.Plugins;

namespace StandardPlugins;

/// <summary>A block as it was translated.</summary>
internal sealed class BlockRecord
{
    public BlockRecord(TranslationBlock block, int counter, int entryCounter)
    {
        (Address, Counter, EntryCounter) = (block.Address, counter, entryCounter);
        LastSize = block[block.InstructionCount - 1].Size;
        Instructions = new InstructionRecord[block.InstructionCount];
        foreach (var insn in block)
            Instructions[insn.Index] = new(insn.Address, insn.Disassemble().Replace('\t', ' '), insn.Class, insn.ClassSummary, insn.Extension, insn.ControlFlow, insn.Target);
    }

    public ulong Address { get; }

    /// <summary>Counts its entries.</summary>
    public int Counter { get; }

    /// <summary>Counts entries at its address from a branch right before it, which was not taken.</summary>
    public int EntryCounter { get; }

    /// <summary>Bytes of its last instruction.</summary>
    public int LastSize { get; }

    public InstructionRecord[] Instructions { get; }
}

/// <summary>An instruction of a block.</summary>
/// <param name="Address">Where it stands.</param>
/// <param name="Text">Its assembly.</param>
/// <param name="Class">Its class by name.</param>
/// <param name="Summary">Its class in words.</param>
/// <param name="Extension">The extension that brings it.</param>
/// <param name="Flow">Where it may send the program.</param>
/// <param name="Target">Where it goes, if that stands in it.</param>
internal readonly record struct InstructionRecord(ulong Address, string Text, string Class, string Summary, string Extension, ControlFlow Flow, ulong? Target)
{
    public bool IsLoad => Class is "load" or "fp-load" or "atomic";

    public bool IsStore => Class is "store" or "fp-store" or "atomic";
}
