using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Engine.Checking;

/// <summary>The state in which a block began, and a copy that one backend runs it on. One thread at a time uses it.</summary>
internal sealed unsafe class CheckedStates : IDisposable
{
    private readonly IGuest _guest;
    private readonly VCpuMemory _memory = new();
    private readonly VCpuState* _start;
    private readonly VCpuState* _copy;

    public CheckedStates(IGuest guest)
    {
        _guest = guest;
        _start = _memory.Take();
        _copy = _memory.Take();
    }

    /// <summary>Keeps the state as it is.</summary>
    public void Keep(VCpuState* state) => CopyAll(state, _start);

    /// <summary>A copy of what was kept, with an empty jump cache and without a budget.</summary>
    public VCpuState* Copy()
    {
        var jumpCache = _copy->JumpCache;
        CopyAll(_start, _copy);
        _copy->JumpCache = jumpCache;
        _copy->Budget = 0;
        return _copy;
    }

    /// <summary>Makes the state what it was.</summary>
    public void Restore(VCpuState* state) => CopyAll(_start, state);

    /// <summary>Gives the state what the copy has become.</summary>
    public void TakeOver(VCpuState* state)
    {
        CopyGuest(_copy, state);
        state->Pc = _copy->Pc;
        state->FloatStatus = _copy->FloatStatus;
        (state->FaultAddress, state->Cause) = (_copy->FaultAddress, _copy->Cause);
        state->Position = null;
        (state->ReservationAddress, state->ReservationValue) = (_copy->ReservationAddress, _copy->ReservationValue);
    }

    /// <summary>What differs first between the copy and the state, and how; null if they are equal.</summary>
    public (string What, string Expected, string Found)? FirstDifference(VCpuState* state, ExitReason expected, ExitReason found)
    {
        if (expected != found)
            return ("the reason to leave it", expected.ToString(), found.ToString());
        foreach (var (name, wanted, got) in (ReadOnlySpan<(string, ulong, ulong)>)
        [
            ("pc", _copy->Pc, state->Pc),
            ("the float status", _copy->FloatStatus, state->FloatStatus),
            ("the reserved address", _copy->ReservationAddress, state->ReservationAddress),
            ("the cause", HasCause(found) ? (uint)_copy->Cause : 0, HasCause(found) ? (uint)state->Cause : 0),
            ("the fault's address", HasValue(found) ? _copy->FaultAddress : 0, HasValue(found) ? state->FaultAddress : 0),
        ])
            if (wanted != got)
                return (name, $"0x{wanted:x}", $"0x{got:x}");
        foreach (var register in _guest.Registers)
            if (register.IsStored && register.Read(_copy) != register.Read(state))
                return (register.Name, $"0x{register.Read(_copy):x}", $"0x{register.Read(state):x}");
        return null;
    }

    private static bool HasCause(ExitReason reason) => reason == ExitReason.Exit || HasValue(reason);

    private static bool HasValue(ExitReason reason) => reason is ExitReason.Trap or ExitReason.Fault;

    /// <summary>All but the budget, which others write.</summary>
    private void CopyAll(VCpuState* from, VCpuState* to)
    {
        var skipped = sizeof(long);
        Buffer.MemoryCopy((byte*)from + skipped, (byte*)to + skipped, VCpuContext.StateBytes - skipped, _guest.StateSize - skipped);
        to->Index = from->Index;
    }

    private void CopyGuest(VCpuState* from, VCpuState* to)
    {
        var header = VCpuState.GuestOffset;
        Buffer.MemoryCopy((byte*)from + header, (byte*)to + header, VCpuContext.StateBytes - header, _guest.StateSize - header);
    }

    public void Dispose()
    {
        _memory.Return(_start);
        _memory.Return(_copy);
        _memory.Dispose();
    }
}
