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

    /// <summary>Bytes that <see cref="Emit"/> may need at most for the block.</summary>
    int MaxCodeSize(IrBlock ir);

    /// <summary>Emits the block directly behind its record and returns the bytes used; sets the block's entry.</summary>
    int Emit(IrBlock ir, TranslatedBlock* block);

    /// <summary>Runs from a block's entry, or from <see cref="VCpuState.Position"/> after a plugin failed, block to block until something needs the vCPU loop.</summary>
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
