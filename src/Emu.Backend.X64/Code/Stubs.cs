using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Calls;
using Emu.Backend.X64.Emit;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.X64.Code;

/// <summary>
/// The fixed code around translated code: the ways in and out, calls of managed functions, the constants of floating point. Places are those of the view that is
/// written; the stubs lie at the same place in every code memory of a machine.
/// </summary>
internal sealed unsafe class Stubs
{
    /// <summary>Reasons of this backend's own, told apart in <see cref="X64Backend.Run"/>: a fault of the host at <see cref="StateWords.FaultPlace"/>.</summary>
    public const int HostFault = 100;

    /// <summary>As <see cref="HostFault"/>, but the guest address is known: <see cref="VCpuState.FaultAddress"/>.</summary>
    public const int KnownFault = 101;

    private static readonly Reg[] Saved = [Reg.Rbx, Reg.Rbp, Reg.R12, Reg.R13, Reg.R14, Reg.R15];
    private const uint DefaultControl = 0x1F80;

    private readonly RegisterMap _map;
    private readonly Asm _asm;
    private readonly byte* _flagTable;
    private readonly byte* _controlTable;
    private readonly byte* _defaultControl;
    private readonly byte* _runSlowOp;
    private readonly byte* _leave;
    private readonly byte* _exit;
    private readonly int _savedTemps;
    private readonly nint[] _callbacks = new nint[6];

    /// <param name="map">Where guest registers are.</param>
    /// <param name="asm">Where to write.</param>
    /// <param name="savedTemps">State offset of the words for the vector registers that hold temporaries, while a fault is looked into.</param>
    public Stubs(RegisterMap map, Asm asm, int savedTemps)
    {
        (_map, _asm, _savedTemps) = (map, asm, savedTemps);
        var start = asm.At;
        Enter = Label();
        var toEnter = asm.Jmp();
        asm.At = start + FaultHandler.FaultStub;
        var toFault = asm.Jmp();
        asm.Align(16);

        var (flags, controls, standard, run) = Tables();
        _flagTable = (byte*)flags;
        _controlTable = (byte*)controls;
        _defaultControl = (byte*)standard;
        _runSlowOp = (byte*)run;
        Constants = new FloatConstants(asm);
        asm.Align(16);
        Asm.Aim(toEnter, asm.At);
        WriteEnter();
        Resume = WriteResume();
        _exit = Label();
        StoreRegisters();
        CollectFlags();
        _leave = asm.At;
        WriteLeave();

        Asm.Aim(toFault, Label());
        WriteHostFault();
        Budget = ExitAt(ExitReason.Budget);
        Lookup = ExitAt(ExitReason.Lookup);
        Hot = ExitAt(ExitReason.Hot);
        Syscall = ExitAt(ExitReason.Syscall);
        Trap = WriteTrap();
        Exit = ExitAt(ExitReason.Exit);
        Link = WriteLink();
        Fault = WriteFault();
        SlowOp = WriteSlowOp();
        foreach (var use in (ReadOnlySpan<IrGlobalUse>)[IrGlobalUse.None, IrGlobalUse.Read, IrGlobalUse.Write])
            (_callbacks[2 * (int)use], _callbacks[2 * (int)use + 1]) = ((nint)WriteCallback(use, isMemory: false), (nint)WriteCallback(use, isMemory: true));
        End = asm.At;
    }

    /// <summary>Enters translated code: <c>nint (VCpuState* state, void* position)</c>, as an unmanaged function.</summary>
    public byte* Enter { get; }

    /// <summary>A position to enter at: the access that failed last is made again, with all registers as they were.</summary>
    public byte* Resume { get; }

    /// <summary>Leave with that reason; rax is the guest address to go on at.</summary>
    public byte* Budget { get; }

    /// <inheritdoc cref="Budget"/>
    public byte* Lookup { get; }

    /// <inheritdoc cref="Budget"/>
    public byte* Hot { get; }

    /// <inheritdoc cref="Budget"/>
    public byte* Syscall { get; }

    /// <inheritdoc cref="Budget"/>
    public byte* Trap { get; }

    /// <inheritdoc cref="Budget"/>
    public byte* Exit { get; }

    /// <summary>Leave to find the next block; rax is its guest address, rdx the site.</summary>
    public byte* Link { get; }

    /// <summary>To be called: the access belonging to the return address failed at <see cref="VCpuState.FaultAddress"/>.</summary>
    public byte* Fault { get; }

    /// <summary>To be called with rax = <see cref="Calls.SlowOp"/>: does the op in managed code, with all registers in the state block.</summary>
    public byte* SlowOp { get; }

    public FloatConstants Constants { get; }

    /// <summary>Where the stubs end.</summary>
    public byte* End { get; }

    private byte* Label()
    {
        _asm.Align(16);
        return _asm.At;
    }

    private (nint Flags, nint Controls, nint Standard, nint Run) Tables()
    {
        // MXCSR's flags IE DE ZE OE UE PE, from bit 0, to the guest's NX UF OF DZ NV; DE has none.
        var flags = _asm.At;
        for (var bits = 0; bits < 64; bits++)
            _asm.Byte(((bits & 1) << 4) | ((bits & 4) << 1) | ((bits & 8) >> 1) | ((bits & 16) >> 3) | ((bits & 32) >> 5));
        // By the guest's rounding mode: nearest, to zero, down, up; for others, which translated code leaves alone, nearest.
        var controls = _asm.At;
        foreach (var rounding in (ReadOnlySpan<uint>)[0, 3, 1, 2, 0, 0, 0, 0])
            _asm.Int32((int)(DefaultControl | (rounding << 13)));
        var standard = _asm.At;
        _asm.Int64(DefaultControl);
        var run = _asm.At;
        _asm.Int64((ulong)SlowOps.Entry);
        return ((nint)flags, (nint)controls, (nint)standard, (nint)run);
    }

    private void WriteEnter()
    {
        foreach (var register in Saved)
            _asm.Push(register);
        _asm.Op(Alu.Sub, Reg.Rsp, 8);
        _asm.Lea(Reg.Rbp, Mem.At(Reg.Rdi, StateWords.Bias));
        _asm.Mov(StateWords.At(StateWords.HostStack), Reg.Rsp);
        _asm.Mov(Reg.R15, StateWords.At(StateOffsets.Memory));
        _asm.Mov(Reg.Rax, Reg.Rsi);
        LoadControl();
        LoadRegisters(all: true);
        _asm.Jmp(Reg.Rax);
    }

    private void WriteHostFault()
    {
        _asm.Mov(StateWords.At(StateWords.FaultRax), Reg.Rax);
        _asm.Mov(StateWords.At(StateWords.FaultRdx), Reg.Rdx);
        for (var i = 0; i < Temps.Registers.Length; i++)
            _asm.Movs(StateWords.At(_savedTemps + i * sizeof(ulong)), Temps.Registers[i], wide: true);
        _asm.Mov(Reg.Rax, HostFault);
        _asm.Jmp(_exit);
    }

    private byte* WriteResume()
    {
        var stub = Label();
        for (var i = 0; i < Temps.Registers.Length; i++)
            _asm.Movs(Temps.Registers[i], StateWords.At(_savedTemps + i * sizeof(ulong)), wide: true);
        _asm.Mov(Reg.Rax, StateWords.At(StateWords.FaultRax));
        _asm.Mov(Reg.Rdx, StateWords.At(StateWords.FaultRdx));
        _asm.Jmp(StateWords.At(StateWords.FaultPlace));
        return stub;
    }

    /// <summary>Behind the stores: back to who entered, eax is the reason.</summary>
    private void WriteLeave()
    {
        _asm.Ldmxcsr(Mem.Of(_defaultControl));
        _asm.Mov(Reg.Rsp, StateWords.At(StateWords.HostStack));
        _asm.Op(Alu.Add, Reg.Rsp, 8);
        for (var i = Saved.Length - 1; i >= 0; i--)
            _asm.Pop(Saved[i]);
        _asm.Ret();
    }

    private byte* ExitAt(ExitReason reason)
    {
        var stub = Label();
        _asm.Mov(StateWords.At(StateOffsets.Pc), Reg.Rax);
        _asm.Mov(Reg.Rax, (ulong)reason);
        _asm.Jmp(_exit);
        return stub;
    }

    /// <summary>A trap is a block's end: it leaves no block in its middle.</summary>
    private byte* WriteTrap()
    {
        var stub = Label();
        _asm.Mov(Reg.Rdx, 0);
        _asm.Mov(StateWords.At(StateOffsets.Position), Reg.Rdx);
        _asm.Mov(StateWords.At(StateOffsets.Pc), Reg.Rax);
        _asm.Mov(Reg.Rax, (ulong)ExitReason.Trap);
        _asm.Jmp(_exit);
        return stub;
    }

    private byte* WriteLink()
    {
        var stub = Label();
        _asm.Mov(StateWords.At(StateOffsets.Pc), Reg.Rax);
        _asm.Mov(StateWords.At(StateOffsets.Position), Reg.Rdx);
        _asm.Mov(Reg.Rax, (ulong)ExitReason.Link);
        _asm.Jmp(_exit);
        return stub;
    }

    private byte* WriteFault()
    {
        var stub = Label();
        _asm.Pop(Reg.Rdx);
        _asm.Mov(StateWords.At(StateWords.FaultPlace), Reg.Rdx);
        _asm.Mov(Reg.Rax, KnownFault);
        _asm.Jmp(_exit);
        return stub;
    }

    private byte* WriteSlowOp()
    {
        var stub = Label();
        StoreRegisters();
        CollectFlags();
        _asm.Lea(Reg.Rdi, Mem.At(Reg.Rbp, -StateWords.Bias));
        _asm.Mov(Reg.Rsi, Reg.Rax);
        CallAligned(Mem.Of(_runSlowOp));
        _asm.Test(Reg.Rax, Reg.Rax, wide: false);
        _asm.Jcc(Cond.NoSign, _leave);
        LoadControl();
        LoadRegisters(all: true);
        _asm.Ret();
        return stub;
    }

    /// <summary>To be called with rax = <see cref="CallbackCall"/>; a memory callback is for the access in <see cref="VCpuState.MemoryRecord"/>.</summary>
    public byte* CallbackOf(IrGlobalUse use, bool isMemory) => (byte*)_callbacks[2 * (int)use + (isMemory ? 1 : 0)];

    /// <summary>Only a callback that looks at the guest's registers needs all of them, and its flags, in the state block.</summary>
    private byte* WriteCallback(IrGlobalUse use, bool isMemory)
    {
        var stub = Label();
        StoreRegisters(all: use != IrGlobalUse.None);
        if (use != IrGlobalUse.None)
            CollectFlags();
        else
            _asm.Stmxcsr(StateWords.At(StateWords.ReadControl));
        _asm.Mov(Reg.Rdx, Mem.At(Reg.Rax, CallbackCall.Pc));
        _asm.Mov(StateWords.At(StateOffsets.Position), Reg.Rdx);
        _asm.Mov(Reg.Rdi, Mem.At(Reg.Rax, CallbackCall.Plugin));
        _asm.Lea(Reg.Rsi, Mem.At(Reg.Rbp, -StateWords.Bias));
        if (isMemory)
            _asm.Lea(Reg.Rdx, StateWords.At(StateOffsets.MemoryRecord));
        _asm.Mov(isMemory ? Reg.Rcx : Reg.Rdx, Mem.At(Reg.Rax, CallbackCall.UserData));
        CallAligned(Mem.At(Reg.Rax, CallbackCall.Function));
        if (use == IrGlobalUse.Write)
            LeaveIfItJumps();
        if (use != IrGlobalUse.None)
            LoadControl();
        else
            _asm.Ldmxcsr(StateWords.At(StateWords.ReadControl));
        LoadRegisters(all: use == IrGlobalUse.Write);
        _asm.Ret();
        return stub;
    }

    /// <summary>The callback has set where to go on: all registers are in the state block, so nothing is to be stored.</summary>
    private void LeaveIfItJumps()
    {
        _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.Jumps), 0, wide: false);
        var stays = _asm.Jcc(Cond.Equal);
        _asm.Mov(StateWords.At(StateOffsets.Jumps), 0, wide: false);
        _asm.Mov(Reg.Rax, (ulong)ExitReason.Lookup);
        _asm.Jmp(_leave);
        Asm.Aim(stays, _asm.At);
    }

    /// <summary>Translated code keeps the stack aligned and has called the stub.</summary>
    private void CallAligned(in Mem function)
    {
        _asm.Op(Alu.Sub, Reg.Rsp, 8);
        _asm.Call(function);
        _asm.Op(Alu.Add, Reg.Rsp, 8);
    }

    private void StoreRegisters(bool all = true)
    {
        foreach (var (register, offset) in _map.General)
            if (all || !RegisterMap.IsPreserved(register))
                _asm.Mov(StateWords.At(offset), register);
        foreach (var (register, offset) in _map.Vector)
            _asm.Movs(StateWords.At(offset), register, wide: true);
    }

    private void LoadRegisters(bool all)
    {
        foreach (var (register, offset) in _map.General)
            if (all || !RegisterMap.IsPreserved(register))
                _asm.Mov(register, StateWords.At(offset));
        foreach (var (register, offset) in _map.Vector)
            _asm.Movs(register, StateWords.At(offset), wide: true);
    }

    /// <summary>Adds MXCSR's flags to the guest's. Uses rcx and rdx.</summary>
    private void CollectFlags()
    {
        _asm.Stmxcsr(StateWords.At(StateWords.ReadControl));
        _asm.Mov(Reg.Rcx, StateWords.At(StateWords.ReadControl), wide: false);
        _asm.Op(Alu.And, Reg.Rcx, 63, wide: false);
        _asm.Lea(Reg.Rdx, Mem.Of(_flagTable));
        _asm.Load(Reg.Rcx, Mem.At(Reg.Rdx, Reg.Rcx, 0), 1, signed: false);
        _asm.Op(Alu.Or, StateWords.At(StateOffsets.FloatFlags), Reg.Rcx, wide: false);
    }

    /// <summary>Puts the guest's rounding mode and no flags into MXCSR. Uses rcx and rdx.</summary>
    private void LoadControl()
    {
        _asm.Mov(Reg.Rdx, StateWords.At(StateOffsets.RoundingMode), wide: false);
        _asm.Op(Alu.And, Reg.Rdx, 7, wide: false);
        _asm.Lea(Reg.Rcx, Mem.Of(_controlTable));
        _asm.Mov(Reg.Rdx, Mem.At(Reg.Rcx, Reg.Rdx, 0, scale: 2), wide: false);
        _asm.Mov(StateWords.At(StateWords.GuestControl), Reg.Rdx, wide: false);
        _asm.Ldmxcsr(StateWords.At(StateWords.GuestControl));
    }
}
