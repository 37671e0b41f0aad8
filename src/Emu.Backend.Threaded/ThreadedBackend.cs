using Emu.Backend.Threaded.Emit;
using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded;

/// <summary>Runs IR as threaded code: arrays of ops whose handlers tail-call each other. Plain C#, portable to every host.</summary>
public sealed unsafe class ThreadedBackend : IBackend
{
    private readonly ThreadedEmitter<FlatMemory> _emitter;

    /// <summary>A backend for a guest whose state blocks end at <paramref name="stateSize"/>.</summary>
    /// <param name="stateSize">Bytes of the guest's state: the spill area begins there.</param>
    /// <param name="fuse">False to give every op its own handler.</param>
    public ThreadedBackend(int stateSize, bool fuse = true) => _emitter = new ThreadedEmitter<FlatMemory>(stateSize) { Fuse = fuse };

    /// <inheritdoc/>
    public string Name => "threaded";

    /// <inheritdoc/>
    public int MaxCodeSize(IrBlock ir) => ThreadedEmitter<FlatMemory>.MaxCodeSize(ir);

    /// <inheritdoc/>
    public int Emit(IrBlock ir, TranslatedBlock* block) => _emitter.Emit(ir, block);

    /// <inheritdoc/>
    public ExitReason Run(VCpuState* state, void* entry)
    {
        var op = (Op*)entry;
        return (ExitReason)op->Run(state, op);
    }

    /// <inheritdoc/>
    public void Link(void* site, TranslatedBlock* target) => Patch((Op*)site, (Op*)target->Entry);

    /// <inheritdoc/>
    public void Unlink(void* site) => Patch((Op*)site, (Op*)site);

    /// <inheritdoc/>
    public void Print(TranslatedBlock* block, TextWriter writer)
    {
        for (var op = (Op*)block->Entry; (byte*)op < (byte*)block->Entry + block->CodeSize; op++)
            writer.WriteLine($"  {HandlerNames.Of((nint)op->Run)} d={op->D} a={op->A} b={op->B} c={op->C} imm=0x{op->Imm:x} pc=0x{op->Pc:x}");
    }

    /// <inheritdoc/>
    public ulong PcOf(VCpuState* state) => ((Op*)state->Position)->Pc;

    private static void Patch(Op* stub, Op* target) => Volatile.Write(ref *(nint*)stub->Imm, (nint)target);
}
