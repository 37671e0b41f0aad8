using System.Runtime.InteropServices;
using Emu.Engine.CodeCache;
using Emu.Engine.Memory;

namespace Emu.Engine.Execution;

/// <summary>
/// The native memory of a machine's vCPUs: a state block each and, directly behind it, a jump cache and a heat table. That of the last few vCPUs that ended is kept for those that come, as threads
/// often come and go: new pages cost more than clearing some. Not thread-safe: the machine's lock guards it.
/// </summary>
internal sealed unsafe class VCpuMemory : IDisposable
{
    private const int MaxKept = 16;
    private readonly Stack<nint> _kept = new(MaxKept);

    private static long JumpCacheBytes => JumpCacheEntry.Count * sizeof(JumpCacheEntry);

    private static long Bytes => HeatTable.Offset + HeatTable.Bytes;

    /// <summary>A block of zeros with its empty jump cache.</summary>
    public VCpuState* Take()
    {
        if (_kept.TryPop(out var kept))
            NativeMemory.Clear((void*)kept, (nuint)Bytes);
        else
            kept = (nint)HostMemory.Reserve(null, Bytes, HostProtection.Read | HostProtection.Write, fixedAddress: false);
        var state = (VCpuState*)kept;
        state->JumpCache = (JumpCacheEntry*)(kept + VCpuContext.StateBytes);
        state->JumpCache->Pc = JumpCacheEntry.EmptyFirstPc;
        return state;
    }

    /// <summary>Gives a block back that nobody uses any more.</summary>
    public void Return(VCpuState* state)
    {
        if (_kept.Count < MaxKept)
            _kept.Push((nint)state);
        else
            HostMemory.Release((byte*)state, Bytes);
    }

    /// <summary>Forgets what a vCPU's jump cache holds.</summary>
    public static void ClearJumpCache(VCpuState* state)
    {
        NativeMemory.Clear(state->JumpCache, (nuint)JumpCacheBytes);
        state->JumpCache->Pc = JumpCacheEntry.EmptyFirstPc;
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        while (_kept.TryPop(out var kept))
            HostMemory.Release((byte*)kept, Bytes);
    }
}
