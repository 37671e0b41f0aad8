using Emu.Ir.Passes;

namespace Emu.Engine.Translation;

/// <summary>How blocks are made.</summary>
public sealed record TranslationOptions
{
    /// <summary>Instructions per block at most: 1 for <c>--one-insn-per-tb</c>.</summary>
    public int MaxInstructions { get; init; } = 512;

    /// <summary>The optimisation passes that run.</summary>
    public PassSet Passes { get; init; } = PassSet.All;

    /// <summary>Do in translated code what callbacks of plugins do, where that is possible; else call them all.</summary>
    public bool LowerCallbacks { get; init; } = true;

    /// <summary>Verify the IR before, between and after the passes: for tests and debugging, slow.</summary>
    public bool Verify { get; init; }

    /// <summary>After how many entries a block becomes a trace, if the backend wants traces, no debugger watches it and no plugin that is shown it may change the guest; 0: never.</summary>
    public int TraceAfter { get; init; } = 4096;

    /// <summary>What <c>-d in_asm,ir,out</c> asked for, or null.</summary>
    public TranslationLog? Log { get; init; }
}
