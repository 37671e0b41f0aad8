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
    [ThreadStatic]
    private static (nint Plugin, Exception Exception)? t_failure;

    private readonly ThreadedEmitter<FlatMemory> _emitter;

    /// <summary>A backend for a guest whose state blocks end at <paramref name="stateSize"/>.</summary>
    /// <param name="stateSize">Bytes of the guest's state: the spill area begins there.</param>
    /// <param name="fuse">False to give every op its own handler.</param>
    public ThreadedBackend(int stateSize, bool fuse = true) => _emitter = new ThreadedEmitter<FlatMemory>(stateSize) { Fuse = fuse };

    /// <inheritdoc/>
    public string Name => "threaded";

    // Each op is a handler, and a call is one as well, with the body compiled into it.
    /// <inheritdoc/>
    public int MaxLoweredOps => 2;

    /// <inheritdoc/>
    public int MaxCodeSize(IrBlock ir) => ThreadedEmitter<FlatMemory>.MaxCodeSize(ir);

    /// <inheritdoc/>
    public int Emit(IrBlock ir, TranslatedBlock* block) => _emitter.Emit(ir, block);

    /// <inheritdoc/>
    public ExitReason Run(VCpuState* state, void* position)
    {
        var op = (Op*)position;
        try
        {
            return (ExitReason)op->Run(state, op, 0);
        }
        catch (Exception exception) when (ThreadedCallbacks.IsCallback((Op*)state->Position))
        {
            return Suspend(state, exception);
        }
    }

    /// <inheritdoc/>
    public (nint Plugin, Exception Exception) TakeFailure()
    {
        var failure = t_failure ?? throw new InvalidOperationException("no plugin has failed on this thread");
        t_failure = null;
        return failure;
    }

    /// <summary>A plugin's callback threw: notes whose it was and puts the position behind it, to go on there.</summary>
    private static ExitReason Suspend(VCpuState* state, Exception exception)
    {
        var op = (Op*)state->Position;
        state->Jumps = 0;
        var carriesOperands = (nint)op[1].Run == (nint)(Handler)(&Leave.NeverEntered);
        t_failure = (carriesOperands ? op[1].Data : op->Data, exception);
        state->Position = carriesOperands ? op + 2 : op + 1;
        return ExitReason.PluginFailed;
    }

    /// <inheritdoc/>
    public void Link(void* site, TranslatedBlock* target) => Patch((Op*)site, (Op*)target->Entry);

    /// <inheritdoc/>
    public void Unlink(void* site) => Patch((Op*)site, (Op*)site);

    /// <inheritdoc/>
    public void Print(TranslatedBlock* block, TextWriter writer)
    {
        var names = HandlerNames.From(HandlerTable<FlatMemory>.Instance);
        for (var op = (Op*)block->Entry; (byte*)op < (byte*)block->Entry + block->CodeSize; op++)
            writer.WriteLine($"  {names.Of((nint)op->Run)} d={op->D} a={op->A} b={op->B} c={op->C} imm=0x{op->Imm:x} pc=0x{op->Pc:x}");
    }

    /// <inheritdoc/>
    public ulong PcOf(VCpuState* state) => ((Op*)state->Position)->Pc;

    private static void Patch(Op* stub, Op* target) => Volatile.Write(ref *(nint*)stub->Imm, (nint)target);
}
