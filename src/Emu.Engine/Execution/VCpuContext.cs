using System.Collections.Concurrent;
using Emu.Engine.Debugging;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;

namespace Emu.Engine.Execution;

/// <summary>
/// One vCPU: its native state block, its jump cache and the work that others queue to it. All but <see cref="Post"/> and <see cref="Kick"/> is
/// for the vCPU's own thread, or for anybody inside an exclusive section.
/// </summary>
public sealed unsafe class VCpuContext
{
    [ThreadStatic]
    private static VCpuContext? t_current;

    private readonly ConcurrentQueue<Action<VCpuContext>> _work = new();

    /// <summary>Keeps the state from being freed while another thread writes to it.</summary>
    private readonly Lock _lifetime = new();

    /// <summary>1 while the vCPU is in translated code; belongs to <see cref="ExclusiveSection"/>.</summary>
    internal int InTranslatedCode;

    internal VCpuContext(Machine machine, VCpuState* state, int index, long threadId)
    {
        Machine = machine;
        State = state;
        State->Index = index;
        State->ThreadId = threadId;
        State->Memory = machine.Memory.Base;
        State->ReservationAddress = VCpuState.NoReservation;
        machine.Guest.Reset(State);
    }

    /// <summary>Bytes of every state block: header, guest registers and the backend's spill area, which offsets of 16 bits can reach.</summary>
    public const int StateBytes = 32 * 1024;

    /// <summary>How many traces there are at most.</summary>
    public const int MaxTraces = 16;

    /// <summary>Where the <see cref="TraceSlot"/>s lie in a state block; the backend's spill area ends there.</summary>
    public static readonly int TracesOffset = StateBytes - MaxTraces * sizeof(TraceSlot);

    /// <summary>The vCPU whose loop runs on the calling thread.</summary>
    public static VCpuContext? Current => t_current;

    /// <summary>The machine it belongs to.</summary>
    public Machine Machine { get; }

    /// <summary>The native state block.</summary>
    public VCpuState* State { get; private set; }

    /// <summary>Number from 0; reused after the vCPU's end.</summary>
    public int Index => State->Index;

    /// <summary>Never reused number of the guest thread.</summary>
    public long ThreadId => State->ThreadId;

    /// <summary>Guest address to go on at.</summary>
    public ulong Pc { get => State->Pc; set => State->Pc = value; }

    /// <summary>Event classes that somebody listens to on this vCPU. Changed only by queued work, so on the vCPU's own thread (R13).</summary>
    public EventMask Mask { get; private set; }

    /// <summary>Set to end the vCPU's loop at the next opportunity.</summary>
    public bool StopRequested { get; set; }

    /// <summary>True if work is queued, or the guest system or the debugger wants the vCPU's thread.</summary>
    public bool HasWork => !_work.IsEmpty || IsWanted || Debug is { HasWork: true };

    /// <summary>What the debugger keeps of it; null without one, and in a child process that shares the memory.</summary>
    public VCpuDebug? Debug { get; set; }

    /// <summary>A word that is not zero while the guest system wants the vCPU's thread to look at something, such as a signal; it may be written at any time.</summary>
    public int* Attention { get; set; }

    /// <summary>True if the guest system wants the vCPU's thread.</summary>
    internal bool IsWanted => Attention is not null && Volatile.Read(ref *Attention) != 0;

    /// <summary>A guest register's value by its offset in the state block.</summary>
    public ref ulong Register(int offset) => ref *(ulong*)((byte*)State + offset);

    /// <summary>Queues work for the vCPU's thread; it runs before the next block, outside translated code. Callable from any thread.</summary>
    public void Post(Action<VCpuContext> work)
    {
        _work.Enqueue(work);
        Kick();
    }

    /// <summary>
    /// Makes translated code return soon. The write may be lost against the vCPU's own countdown; the chain then returns when its budget ends,
    /// within about a millisecond. Nothing happens to a vCPU that was removed meanwhile.
    /// </summary>
    public void Kick()
    {
        lock (_lifetime)
            if (State is not null)
                Volatile.Write(ref State->Budget, 0);
    }

    /// <summary>
    /// For a backend whose access the permission table refused, on the vCPU's thread inside translated code: true if it is allowed all the same and must be made now. The
    /// access must not leave its page.
    /// </summary>
    public bool TryReach(ulong address, int length, PagePermissions need) => Machine.TryReach(address, (ulong)length, need);

    /// <summary>Takes the given mask; blocks of another mask are no longer found.</summary>
    public void SetMask(EventMask mask)
    {
        Mask = mask;
        ClearJumpCache();
    }

    /// <summary>Forgets where translated code is.</summary>
    public void ClearJumpCache() => VCpuMemory.ClearJumpCache(State);

    internal void RunWork()
    {
        while (_work.TryDequeue(out var work))
            work(this);
    }

    /// <summary>Takes over what another vCPU's guest registers hold, as a new guest thread does; links, reservation and caches stay its own.</summary>
    public void CopyGuestState(VCpuContext other)
    {
        var header = VCpuState.GuestOffset;
        Buffer.MemoryCopy((byte*)other.State + header, (byte*)State + header, StateBytes - header, Machine.Guest.StateSize - header);
        State->FloatStatus = other.State->FloatStatus;
        Pc = other.Pc;
    }

    /// <summary>Whoever was in translated code on this vCPU's behalf is gone, such as a child process that shared the memory.</summary>
    public void LeaveTranslatedCode()
    {
        if (Volatile.Read(ref InTranslatedCode) != 0)
            Machine.Exclusive.Leave(this);
    }

    internal void BindToThread() => t_current = this;

    internal static void UnbindFromThread() => t_current = null;

    /// <summary>Takes the native state from it, which nobody looks at from now on; null if it has none any more. The vCPU must have left its loop.</summary>
    internal VCpuState* GiveUpState()
    {
        lock (_lifetime)
        {
            var state = State;
            State = null;
            return state;
        }
    }
}
