using System.Runtime.InteropServices;
using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Backend.Tests.Differential;

/// <summary>Emits single blocks straight into native memory and runs them, on a machine whose memory is that of <see cref="StartState"/>.</summary>
internal unsafe class BackendRun : IDisposable
{
    private const int CodeBytes = 1 << 20;

    private readonly byte* _code = (byte*)NativeMemory.AlignedAlloc(2 * CodeBytes, 64);
    private readonly GuestMemory _memory = new();
    private readonly Machine _machine;
    private readonly VCpuContext[] _vcpus;

    public BackendRun(Func<GuestMemory, IBackend> backend)
    {
        const PagePermissions readWrite = PagePermissions.Read | PagePermissions.Write;
        _memory.MapAnonymous(StartState.MemoryStart, StartState.MemorySize, readWrite);
        Write(new StartState().Memory);
        _memory.Protect(StartState.MemoryStart + StartState.WritableSize, StartState.MemorySize - StartState.WritableSize, PagePermissions.Read);
        _machine = new Machine(new RiscVGuest(), backend(_memory), _memory);
        _vcpus = [.. Enumerable.Range(0, Scoreboards.VCpus).Select(_ => _machine.AddVCpu())];
    }

    /// <summary>The record of the block that was emitted last.</summary>
    public TranslatedBlock* Record => (TranslatedBlock*)_code;

    /// <summary>The record of a block that only jumps to an address.</summary>
    public TranslatedBlock* Jumper => (TranslatedBlock*)(_code + CodeBytes);

    /// <summary>The machine's backend.</summary>
    public IBackend Backend => _machine.Backend;

    /// <summary>The vCPU with that index.</summary>
    public VCpuContext VCpu(int index) => _vcpus[index];

    /// <summary>How the block ended, and the text of the state then.</summary>
    public (BlockEnd End, string Text) Of(IrBlock block, StartState start)
    {
        Emit(block);
        return Run(start, block);
    }

    /// <summary>Emits the block and checks that it needs no more than the backend said.</summary>
    public void Emit(IrBlock block) => Emit(block, Record);

    /// <summary>Makes <see cref="Jumper"/>.</summary>
    public void EmitJumper(ulong pc, ulong target) => Emit(TestBlock.At(pc, ir => ir.Jump((long)target)), Jumper);

    private void Emit(IrBlock block, TranslatedBlock* record)
    {
        var limit = Backend.MaxCodeSize(block);
        if (TranslatedBlock.RecordSize + limit > CodeBytes)
            Assert.Fail($"the block may need {limit} bytes");
        *record = new TranslatedBlock { Pc = block.Pc, EndPc = block.EndPc, InstructionCount = block.InstructionCount, IsTrace = block.IsTrace };
        if (!Backend.HasRoom(block))
            Backend.Flush();
        var size = Backend.Emit(block, record);
        if (size < 1 || size > limit)
            Assert.Fail($"the block needs {size} bytes and not at most {limit}");
    }

    /// <summary>Runs what was emitted last.</summary>
    public (BlockEnd End, string Text) Run(StartState start, IrBlock? block = null)
    {
        var vcpu = _vcpus[start.VCpuIndex];
        Prepare(start, vcpu.State);
        var log = new HookLog();
        CallbackRecorder.Begin(log, vcpu);
        var reason = Backend.Run(vcpu.State, Record->Entry);
        Traces.Take(vcpu.State, log);
        // As the vCPU loop does.
        if (reason is ExitReason.Fault or ExitReason.Trap)
            EarlySum.TakeBack((block ?? new IrBlock()).Early, vcpu.State->Pc - Record->Pc, vcpu.Index);
        var end = Outcome.EndOf(reason, vcpu.State, _memory);
        var memory = new ReadOnlySpan<byte>(_memory.HostAddress(StartState.MemoryStart), StartState.MemorySize);
        return (end, Outcome.Text(end, Capture(vcpu), start.Memory, memory, log));
    }

    /// <summary>What was emitted last, as text.</summary>
    public string Text()
    {
        var text = new StringWriter();
        Backend.Print(Record, text);
        return text.ToString();
    }

    /// <summary>Maps a writable page at address 0, so that values of few bits are addresses too.</summary>
    public void MapLowPage() => _memory.MapAnonymous(0, GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Write);

    /// <summary>Puts registers, memory and scoreboard into the start state.</summary>
    public void Prepare(StartState start, VCpuState* state)
    {
        start.CopyTo(state);
        state->Budget = start.Budget;
        Write(start.Memory.AsSpan(0, StartState.WritableSize));
        Scoreboards.Clear();
        Traces.Begin(state);
    }

    private void Write(ReadOnlySpan<byte> memory)
    {
        if (!_memory.TryWrite(StartState.MemoryStart, memory))
            Assert.Fail("the memory of the start state cannot be written");
    }

    private static ReferenceState Capture(VCpuContext vcpu)
    {
        var state = StartState.NewReferenceState(vcpu.Index);
        StartState.NativeRegisters(vcpu.State).CopyTo(state.Registers);
        (state.FloatFlags, state.RoundingMode) = (vcpu.State->FloatFlags, vcpu.State->RoundingMode);
        (state.ReservationAddress, state.ReservationValue) = (vcpu.State->ReservationAddress, vcpu.State->ReservationValue);
        return state;
    }

    public void Dispose()
    {
        _machine.Dispose();
        (Backend as IDisposable)?.Dispose();
        _memory.Dispose();
        NativeMemory.AlignedFree(_code);
    }
}
