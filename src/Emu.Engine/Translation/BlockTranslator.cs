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
public sealed unsafe class BlockTranslator
{
    private readonly Machine _machine;
    private readonly IrBuilder _builder = new(new IrBlock());
    private readonly IrPipeline _passes;
    private BlockInstrumenter? _instrumenter;

    /// <summary>A translator for the machine's guest and backend.</summary>
    public BlockTranslator(Machine machine)
    {
        _machine = machine;
        _passes = new IrPipeline(machine.Translation.Passes) { IsVerifying = machine.Translation.Verify };
    }

    /// <summary>Translates the block at <paramref name="pc"/>; null if the code cache is full and must be flushed.</summary>
    public TranslatedBlock* Translate<TMask>(VCpuContext vcpu, ulong pc)
        where TMask : struct, IEventMask
    {
        var (guest, log) = (_machine.Guest, _machine.Translation.Log);
        var ir = _builder.Block;
        do
        {
            ir.Reset(pc);
            guest.Translate(_builder, _machine.Memory, _machine.Translation.MaxInstructions); // decoder, semantics
        }
        while (_machine.Memory.Watch(pc, ir.EndPc)); // stores are noticed from here on: read again what may have changed before
        log?.Input(ir, guest, _machine.Memory);
        if ((TMask.Value & EventMask.Translation) != 0)
            ir = Instrument(ir); // plugins see the whole block, then choose
        _passes.Run(ir); // and, if asked to, the verifier
        log?.Optimised(ir, guest);
        var block = _machine.Code.Add(ir, TMask.Value); // has the backend emit it
        if (block is not null)
            log?.Output(block, _machine.Backend);
        return block;
    }

    private IrBlock Instrument(IrBlock ir) => (_instrumenter ??= new BlockInstrumenter(_machine.Plugins!)).Instrument(ir);
}
