using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Ir;
using Emu.Ir.Passes;

namespace Emu.Engine.Translation;

/// <summary>
/// The way of the data, from guest bytes to a block in the code cache; read this file first. One per vCPU thread; compiled once for each
/// event mask that the linked plugins can reach, so that without a subscriber the instrumentation step does not exist in the code.
/// </summary>
public sealed unsafe partial class BlockTranslator
{
    private readonly Machine _machine;
    private readonly IrBuilder _builder = new(new IrBlock());
    private readonly IrPipeline _passes;
    private int _maxInstructions;
    private BlockInstrumenter? _instrumenter;

    /// <summary>A translator for the machine's guest and backend.</summary>
    public BlockTranslator(Machine machine)
    {
        _machine = machine;
        _maxInstructions = machine.Translation.MaxInstructions;
        _passes = new IrPipeline(machine.Translation.Passes) { IsVerifying = machine.Translation.Verify };
    }

    /// <summary>Translates the block at <paramref name="pc"/>; null if the code cache is full and must be flushed.</summary>
    public TranslatedBlock* Translate<TMask>(ulong pc)
        where TMask : struct, IEventMask
    {
        var block =
            _machine.Debugger is not null ? Finish<TMask>(ReadToBreakpoint(pc), TMask.Value) :
            ReadAlone<TMask>(pc) is { } alone ? Finish<NoEvents>(alone, TMask.Value) :
            Finish<TMask>(ReadShown<TMask>(pc), TMask.Value);
        if (block is null && _machine.Code.UsedBytes == 0)
            Shorten(pc);
        return block;
    }

    /// <summary>A block has no room even in an empty cache: from now on blocks are half as long.</summary>
    private void Shorten(ulong pc)
    {
        if (_maxInstructions == 1)
            throw new InvalidOperationException($"the code cache is too small for the instruction at 0x{pc:x}");
        _maxInstructions /= 2;
    }

    /// <summary>Reads a block that plugins are shown.</summary>
    private IrBlock ReadShown<TMask>(ulong pc)
        where TMask : struct, IEventMask
    {
        var ir = Read(pc, _maxInstructions);
        if ((TMask.Value & EventMask.Translation) != 0)
        {
            if (!Instrumenter.MayChangeGuest)
                CountEntries(ir);
        }

        return ir;
    }

    /// <summary>Reads a block of which no plugin is shown anything, as the backend likes it best; null if one is.</summary>
    private IrBlock? ReadAlone<TMask>(ulong pc)
        where TMask : struct, IEventMask
    {
        if ((TMask.Value & EventMask.Translation) != 0)
        {
            if (!Instrumenter.IsEveryoneScoped)
                return null;
        }
        else if (TMask.Value != EventMask.None)
        {
            return null;
        }

        var ir = Read(pc, _maxInstructions, mayChoose: _machine.Backend.PrefersChoices);
        if (IsShown<TMask>(ir))
            return null;
        CountEntries(ir);
        return ir;
    }

    /// <summary>Guest bytes to IR: the first step.</summary>
    private IrBlock Read(ulong pc, int maxInstructions, bool mayChoose = false, TraceGuide? guide = null)
    {
        var ir = _builder.Block;
        do
        {
            ir.Reset(pc);
            _machine.Guest.Translate(_builder, _machine.Memory, maxInstructions, mayChoose, guide); // decoder, semantics
        }
        while (Watch(ir)); // stores are noticed from here on: read again what may have changed before
        return ir;
    }

    private bool Watch(IrBlock ir)
    {
        var changed = _machine.Memory.Watch(ir.Pc, ir.EndPc);
        foreach (var (start, end) in ir.Stretches)
            changed |= _machine.Memory.Watch(start, end);
        return changed;
    }

    /// <summary>The other steps.</summary>
    private TranslatedBlock* Finish<TMask>(IrBlock ir, EventMask key)
        where TMask : struct, IEventMask
    {
        if ((TMask.Value & EventMask.Translation) != 0)
            ir = Instrumenter.Instrument(ir); // plugins see the whole block, then choose
        return Emit(ir, key);
    }

    /// <summary>The last steps.</summary>
    private TranslatedBlock* Emit(IrBlock ir, EventMask key)
    {
        var log = _machine.Translation.Log;
        log?.Input(ir, _machine.Guest, _machine.Memory);
        _passes.Run(ir); // and, if asked to, the verifier
        log?.Optimised(ir, _machine.Guest);
        var block = _machine.Code.Add(ir, key); // has the backend emit it
        if (block is not null)
            log?.Output(block, _machine.Backend);
        return block;
    }

    private BlockInstrumenter Instrumenter => _instrumenter ??= new BlockInstrumenter(_machine.Plugins!);

    private bool IsShown<TMask>(IrBlock ir)
        where TMask : struct, IEventMask
    {
        // Not by a method that says so: the compiler leaves out what stands in the branch only where it sees the constant.
        if ((TMask.Value & EventMask.Translation) != 0)
            return Instrumenter.IsShown(ir);
        return false;
    }
}
