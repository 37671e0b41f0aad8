using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Ir;

namespace Emu.Engine.Translation;

/// <summary>Writes translations as text, for <c>-d in_asm,ir,out</c>. Thread-safe; called once per translated block.</summary>
public abstract unsafe class TranslationLog
{
    /// <summary>The guest instructions of a block, before the passes.</summary>
    public abstract void Input(IrBlock ir, IGuest guest, Memory.GuestMemory memory);

    /// <summary>The IR as the backend gets it.</summary>
    public abstract void Optimised(IrBlock ir, IGuest guest);

    /// <summary>The emitted code.</summary>
    public abstract void Output(TranslatedBlock* block, IBackend backend);
}
