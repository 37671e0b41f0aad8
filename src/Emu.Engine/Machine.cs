using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Engine;

/// <summary>
/// A guest machine in user mode: one memory, one code cache, any number of vCPUs. Members are thread-safe unless they say otherwise.
/// </summary>
public sealed unsafe class Machine : IDisposable
{
    private readonly Lock _gate = new();
    private volatile VCpuContext[] _vcpus = [];
    private readonly SortedSet<int> _freeIndexes = [];
    private readonly VCpuMemory _states = new();
    private int _nextIndex;
    private long _nextThreadId;

    /// <summary>A machine without vCPUs.</summary>
    /// <param name="guest">The guest architecture.</param>
    /// <param name="backend">What runs translated code; for this machine alone.</param>
    /// <param name="memory">The guest's memory; it stays its owner's.</param>
    /// <param name="codeArenaSize">Bytes for translated code, room for the largest block at least; when they are used up all code is dropped.</param>
    public Machine(IGuest guest, IBackend backend, GuestMemory memory, long codeArenaSize = BlockCache.DefaultArenaSize)
    {
        Guest = guest;
        Backend = backend;
        Memory = memory;
        Code = new BlockCache(backend, codeArenaSize);
        Exclusive = new ExclusiveSection(() => _vcpus);
        memory.CodeChanged = DropCode;
        memory.CodeStored = DropStored;
        memory.VCpus = Exclusive;
    }

    /// <summary>The guest architecture.</summary>
    public IGuest Guest { get; }

    /// <summary>What runs translated code.</summary>
    public IBackend Backend { get; }

    /// <summary>The guest's memory.</summary>
    public GuestMemory Memory { get; }

    /// <summary>The translated blocks.</summary>
    public BlockCache Code { get; }

    /// <summary>Stops the vCPUs for what must not run beside them.</summary>
    public ExclusiveSection Exclusive { get; }

    /// <summary>Who watches the guest, or null; set before the first vCPU runs.</summary>
    public Instrumentation.PluginHost? Plugins { get; set; }

    /// <summary>Who can stop the vCPUs and look at them, or null; set before the first vCPU is added.</summary>
    public Debugging.Debugger? Debugger { get; set; }

    /// <summary>How blocks are translated; set before the first vCPU runs.</summary>
    public Translation.TranslationOptions Translation { get; init; } = new();

    /// <summary>The live vCPUs: a snapshot.</summary>
    public IReadOnlyList<VCpuContext> VCpus => _vcpus;

    /// <summary>Highest number of vCPUs that ever lived at once; never decreases (R23).</summary>
    public int VCpuCapacity => _nextIndex;

    /// <summary>Adds a vCPU with the lowest free index.</summary>
    public VCpuContext AddVCpu()
    {
        lock (_gate)
        {
            int index;
            if (_freeIndexes.Count > 0)
            {
                index = _freeIndexes.Min;
                _freeIndexes.Remove(index);
            }
            else
            {
                index = _nextIndex++;
            }

            var vcpu = new VCpuContext(this, _states.Take(), index, ++_nextThreadId);
            vcpu.Debug = Debugger?.Add(vcpu);
            _vcpus = [.. _vcpus, vcpu];
            return vcpu;
        }
    }

    /// <summary>Removes a vCPU that has left its loop; its index may be used again. On the thread that ran it.</summary>
    public void RemoveVCpu(VCpuContext vcpu)
    {
        // As if inside translated code: no exclusive section runs meanwhile, which would look at it.
        Exclusive.Enter(vcpu);
        lock (_gate)
        {
            _vcpus = Array.FindAll(_vcpus, other => other != vcpu);
            _freeIndexes.Add(vcpu.Index);
        }

        Exclusive.Leave(vcpu);
        Debugger?.Remove(vcpu);
        lock (_gate)
            Free(vcpu);
    }

    private void Free(VCpuContext vcpu)
    {
        if (vcpu.GiveUpState() is not null and var state)
            _states.Return(state);
    }

    /// <summary>In a forked child: only the vCPU of the calling thread is left, which has the exclusive section.</summary>
    public void ForgetOthers(VCpuContext left)
    {
        lock (_gate)
            foreach (var other in _vcpus)
            {
                if (other == left)
                    continue;
                _freeIndexes.Add(other.Index);
                Free(other);
            }

        _vcpus = [left];
        Debugger?.Leave();
        (Debugger, left.Debug) = (null, null);
        Plugins?.ForgetOthers(left);
    }

    /// <summary>Drops all translated code. Called outside translated code.</summary>
    public void FlushCode() => Exclusive.Run(() =>
    {
        Code.Flush();
        ClearJumpCaches();
        CodeFlushed?.Invoke();
    });

    /// <summary>In a process that was forked, before it runs translated code: what it would share with its parent becomes its own. Called outside translated code.</summary>
    public void PartFromParent() => Exclusive.Run(() =>
    {
        if (Backend.PartFromParent())
            FlushCode();
    });

    /// <summary>Drops the code of a range of guest addresses. Called outside translated code.</summary>
    public void DropCode(ulong address, ulong length) => Exclusive.Run(() =>
    {
        if (Code.Drop(address, length))
            ClearJumpCaches();
    });

    /// <summary>
    /// Somebody is about to store to a watched page, or has, for a vCPU that may be inside translated code: if that changes code, its blocks are dropped before the vCPU enters
    /// another one.
    /// </summary>
    private void DropStored(ulong address, ulong length)
    {
        // Where the host's rights stop stores, the page must be writable for the store to be made.
        if (!Memory.IsCheckedByHost && Code.IsBesideCode(address, length))
            return;
        Memory.Unwatch(address);
        var page = address & ~(GuestMemory.PageSize - 1UL);
        if (VCpuContext.Current is { } vcpu && vcpu.Machine == this)
            vcpu.Post(_ => DropCode(page, GuestMemory.PageSize));
        else
            DropCode(page, GuestMemory.PageSize);
    }

    /// <summary>
    /// Translated code was refused an access to one page by the table. True if the access is allowed all the same and must now be made: a store to a
    /// watched page, or a page that only a first access brings about. Called inside translated code.
    /// </summary>
    internal bool TryReach(ulong address, ulong length, PagePermissions need)
    {
        if (need != PagePermissions.Write || !Memory.IsWatched(address))
            return Memory.TryReach(address, need);
        DropStored(address, length);
        return true;
    }

    /// <summary>As <see cref="TryReach"/>, for a backend that left translated code with the fault and makes the access again from there.</summary>
    internal bool TryReachAgain(ulong address, PagePermissions need)
    {
        if (need != PagePermissions.Write || !Memory.IsWatched(address))
            return Memory.TryReach(address, need);
        Memory.Unwatch(address);
        DropCode(address & ~(GuestMemory.PageSize - 1UL), GuestMemory.PageSize);
        return true;
    }

    /// <summary>Drops the code of pages that the guest can write: what an instruction fence asks for, as other pages cannot have changed.</summary>
    public void DropWritableCode() => Exclusive.Run(() =>
    {
        if (Code.DropPages(page => (Memory.PermissionsOf(page) & PagePermissions.Write) != 0))
            ClearJumpCaches();
    });

    /// <summary>Told after every flush, inside the exclusive section.</summary>
    public Action? CodeFlushed { get; set; }

    /// <summary>Told of a plugin, by its GC handle, whose callback threw; on the vCPU's thread inside translated code, so what it does about it must be queued.</summary>
    public Action<nint, Exception>? PluginFailed { get; set; }

    private void ClearJumpCaches()
    {
        foreach (var vcpu in _vcpus)
            vcpu.ClearJumpCache();
    }

    /// <summary>Frees vCPUs and code; the memory stays its owner's. No vCPU may run any more.</summary>
    public void Dispose()
    {
        foreach (var vcpu in _vcpus)
            Free(vcpu);
        _vcpus = [];
        _states.Dispose();
        Code.Dispose();
    }
}
