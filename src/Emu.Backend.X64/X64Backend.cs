using System.ComponentModel;
using Emu.Backend.X64.Code;
using Emu.Backend.X64.Emit;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.X64;

/// <summary>Runs IR as x86-64 machine code.</summary>
public sealed unsafe class X64Backend : IBackend, IDisposable
{
    private readonly RegisterMap _map;
    private readonly CodeMemory _code;
    private readonly FaultTable _faults;
    private readonly X64Emitter _emitter;
    private readonly delegate* unmanaged<VCpuState*, void*, nint> _enter;

    /// <summary>The most bytes of machine code that a backend can have.</summary>
    public const long MaxCodeBytes = FaultHandler.SlotSize;

    /// <summary>A backend for a guest in that memory, whose pages the host guards from now on.</summary>
    /// <param name="guest">The guest architecture.</param>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="codeBytes">Bytes for machine code, stubs included: whole pages, <see cref="MaxCodeBytes"/> at most. When they are used up all code is dropped.</param>
    /// <param name="without">Features of the host that are not used, as if it had them not.</param>
    /// <exception cref="Win32Exception">The host gives no executable memory.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WhatIsMissing"/> has said that it cannot be.</exception>
    public X64Backend(IGuest guest, GuestMemory memory, long codeBytes = MaxCodeBytes, HostFeature without = HostFeature.None)
    {
        if (WhatIsMissing(memory, without) is { } missing)
            throw new InvalidOperationException(missing);

        _map = new RegisterMap(guest.HotRegisters, guest.StateSize);
        _code = new CodeMemory(_map, guest.StateSize, codeBytes);
        _faults = new FaultTable(_code.Executable);
        _emitter = new X64Emitter(_map, _code, _faults, guest.StateSize, HostFeatures.Present & ~without);
        memory.CheckByHost();
        _enter = (delegate* unmanaged<VCpuState*, void*, nint>)_code.ToExecutable(_code.Stubs.Enter);
    }

    /// <summary>What keeps this backend from running on this host with this memory, if those features are not used; null if nothing does.</summary>
    public static string? WhatIsMissing(GuestMemory memory, HostFeature without = HostFeature.None) =>
        HostFeatures.MissingIn(HostFeatures.Present & ~without) is { } feature ? $"the processor has no {feature}" :
        !memory.IsGuarded ? "the host has no room for guarded guest memory; is 'ulimit -v' set?" :
        null;

    /// <inheritdoc/>
    public string Name => "x64";

    /// <inheritdoc/>
    public int MaxLoweredOps => 40;

    /// <inheritdoc/>
    public bool PrefersChoices => true;

    /// <inheritdoc/>
    public bool WantsTraces => true;

    /// <inheritdoc/>
    public bool EmitsHostCode => true;

    /// <inheritdoc/>
    public int MaxCodeSize(IrBlock ir) => FaultTable.MaxSize(ir.Count);

    /// <inheritdoc/>
    public bool HasRoom(IrBlock ir)
    {
        var (hot, cold) = X64Emitter.MaxCodeSize(ir);
        return _code.HasRoom(hot, cold);
    }

    /// <inheritdoc/>
    public int Emit(IrBlock ir, TranslatedBlock* block) => _emitter.Emit(ir, block);

    /// <inheritdoc/>
    public ExitReason Run(VCpuState* state, void* position)
    {
        while (true)
        {
            var reason = _enter(state, position);
            if (reason < Stubs.HostFault)
                return (ExitReason)reason;
            var isReached = IsReached(state, isKnown: reason == Stubs.KnownFault);
            if (!isReached || IsToBeLeft(state))
            {
                FaultTable.SwapBack((nint)state->Position, (byte*)state);
                return isReached ? ExitReason.Budget : ExitReason.Fault;
            }

            position = _code.ToExecutable(_code.Stubs.Resume);
        }
    }

    /// <summary>An access failed. True if it is to be made again; else the state block tells of it, as after any other fault.</summary>
    private bool IsReached(VCpuState* state, bool isKnown)
    {
        var words = (byte*)state;
        var access = _faults.Find(*(byte**)(words + StateWords.FaultPlace));
        if (!isKnown)
            state->FaultAddress = *(ulong*)(words + StateWords.FaultHost) - (ulong)state->Memory;
        state->Pc = access.Pc;
        state->Position = (void*)access.Record;
        var need = access.IsWrite ? PagePermissions.Write : PagePermissions.Read;
        state->Cause = (int)need;
        if (isKnown || VCpuContext.Current is not { } vcpu || !vcpu.TryReach(state->FaultAddress, 1, need))
            return false;
        // If code was stored to, its blocks are dropped before another is entered: this one comes back at its end.
        if (vcpu.HasWork && !((TranslatedBlock*)access.Record)->IsTrace)
            LeaveBehind(access);
        return true;
    }

    /// <summary>
    /// True if a trace would go on behind a store to code, which may be its own: it is left before the instruction, whose blocks are dropped; made again in a block of its own,
    /// which ends soon, the store comes to pass. One that plugins have put something into has told of the instruction already, which must not come twice: it goes on to its end.
    /// </summary>
    private static bool IsToBeLeft(VCpuState* state) => *(TranslatedBlock*)state->Position is { IsTrace: true, IsInstrumented: false } && VCpuContext.Current is { HasWork: true };

    private void LeaveBehind(in FailedAccess access)
    {
        if (access.FirstExit != 0)
            Unlink((void*)access.FirstExit);
        if (access.SecondExit != 0)
            Unlink((void*)access.SecondExit);
    }

    /// <inheritdoc/>
    public void Link(void* site, TranslatedBlock* target) => X64Emitter.Patch(_code.ToWritable((byte*)site), _code.ToWritable((byte*)target->Entry));

    /// <inheritdoc/>
    public void Unlink(void* site) => X64Emitter.Patch(_code.ToWritable((byte*)site), null);

    /// <inheritdoc/>
    public void Flush()
    {
        _code.Clear();
        _faults.Clear();
    }

    /// <inheritdoc/>
    public void PrepareFork() => _code.PrepareFork();

    /// <inheritdoc/>
    public void EndFork() => _code.EndFork();

    /// <inheritdoc/>
    public bool PartFromParent() => !_code.PartFromParent();

    /// <inheritdoc/>
    public void Print(TranslatedBlock* block, TextWriter writer) => CodeText.Write(_code, block, writer);

    /// <inheritdoc/>
    public ulong PcOf(VCpuState* state) => (ulong)state->Position;

    /// <inheritdoc/>
    public (nint Plugin, Exception Exception) TakeFailure() =>
        throw new InvalidOperationException("callbacks that fail are reported where they are called from machine code");

    /// <summary>Gives the code memory back. No vCPU may run any more.</summary>
    public void Dispose()
    {
        _code.Dispose();
        _faults.Dispose();
    }
}
