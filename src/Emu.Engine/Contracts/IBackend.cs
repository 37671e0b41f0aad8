using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Contracts;

/// <summary>
/// Turns IR blocks into something that runs. One instance serves all vCPUs of a machine. Emitting, linking and unlinking happen under the code
/// cache's lock; <see cref="Run"/> on any number of vCPU threads.
/// </summary>
public unsafe interface IBackend
{
    /// <summary>The name on the command line, such as <c>threaded</c>.</summary>
    string Name { get; }

    /// <summary>To so many IR ops a callback's body may come to be done in place of a call: more would cost more than the call.</summary>
    int MaxLoweredOps { get; }

    /// <summary>True if a choice costs less than a branch that is hard to foresee: <see cref="IGuest.Translate"/>.</summary>
    bool PrefersChoices => false;

    /// <summary>True if the backend counts entries of blocks (<see cref="IrBlock.EntryStep"/>), of which those that are entered often become traces.</summary>
    bool WantsTraces => false;

    /// <summary>True if the host's processor executes what is emitted: profilers and debuggers of the host may be told of it.</summary>
    bool EmitsHostCode => false;

    /// <summary>Bytes that <see cref="Emit"/> may need at most directly behind the block's record.</summary>
    int MaxCodeSize(IrBlock ir);

    /// <summary>False if memory of the backend's own is used up: the cache must be emptied before <see cref="Emit"/>.</summary>
    bool HasRoom(IrBlock ir) => true;

    /// <summary>All emitted code is dropped and its memory may be used again. No vCPU is in translated code.</summary>
    void Flush()
    {
    }

    /// <summary>The process is about to be forked: memory that the child would share with it is set aside for the child. No vCPU is in translated code.</summary>
    void PrepareFork()
    {
    }

    /// <summary>In the parent: it has been forked after <see cref="PrepareFork"/>, or could not be. Nobody has run meanwhile.</summary>
    void EndFork()
    {
    }

    /// <summary>
    /// In the child: takes what was set aside. True if emitted code is not in it; <see cref="Flush"/> follows then. No vCPU is in translated code.
    /// </summary>
    bool PartFromParent() => false;

    /// <summary>Emits the block and returns the bytes that were used directly behind its record; sets the block's entry and size.</summary>
    int Emit(IrBlock ir, TranslatedBlock* block);

    /// <summary>
    /// Runs from a block's entry, or from <see cref="VCpuState.Position"/> after a plugin failed, block to block until something needs the vCPU loop. After a fault or a trap
    /// <see cref="VCpuState.Position"/> is the record of the block that was left in its middle, or lies in the bytes behind it; null for a trap that is the block's end.
    /// </summary>
    ExitReason Run(VCpuState* state, void* position);

    /// <summary>Makes the exit that returned <see cref="ExitReason.Link"/> go straight to <paramref name="target"/> from now on.</summary>
    void Link(void* site, TranslatedBlock* target);

    /// <summary>Makes the exit return to the loop again.</summary>
    void Unlink(void* site);

    /// <summary>Writes the emitted code as text, for <c>-d out</c>.</summary>
    void Print(TranslatedBlock* block, TextWriter writer);

    /// <summary>The exact guest address while a plugin's callback runs on that vCPU.</summary>
    ulong PcOf(VCpuState* state);

    /// <summary>After <see cref="ExitReason.PluginFailed"/>, on the same thread: the GC handle of the plugin whose callback threw, and what it threw.</summary>
    (nint Plugin, Exception Exception) TakeFailure();
}
