namespace Emu.Plugins.Hosting;

/// <summary>What the engine implements behind <see cref="TranslationBlock"/> and <see cref="Instruction"/>: the block that is being translated.</summary>
internal interface ITranslationAccess
{
    /// <summary>Number of instructions, at least 1.</summary>
    int InstructionCount { get; }

    /// <summary>Guest address of an instruction.</summary>
    ulong AddressOf(int index);

    /// <summary>Length in bytes of an instruction.</summary>
    int SizeOf(int index);

    /// <summary>Host address of an instruction's bytes.</summary>
    nint HostAddressOf(int index);

    /// <summary>Copies an instruction's bytes, as many as fit; returns how many.</summary>
    int CopyBytes(int index, Span<byte> destination);

    /// <summary>An instruction as assembly text.</summary>
    string Disassemble(int index);

    /// <summary>An instruction's name in its manual.</summary>
    string MnemonicOf(int index);

    /// <summary>The name of an instruction's class.</summary>
    string ClassOf(int index);

    /// <summary>An instruction's class in words.</summary>
    string ClassSummaryOf(int index);

    /// <summary>The extension that brings an instruction, or nothing.</summary>
    string ExtensionOf(int index);

    /// <summary>Where an instruction may send the program, and where to if that stands in it.</summary>
    (ControlFlow Flow, ulong? Target) ControlFlowOf(int index);

    /// <summary>The registers that an instruction names to read or to write.</summary>
    IReadOnlyList<Register> RegistersOf(int index, bool written);

    /// <summary>The name of the function that an instruction lies in, or null.</summary>
    string? SymbolOf(int index);

    /// <summary>Notes what the plugin that is being asked wants.</summary>
    void Request(in HookRequest request);
}
