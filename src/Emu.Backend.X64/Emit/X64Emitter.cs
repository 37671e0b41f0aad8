using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Calls;
using Emu.Backend.X64.Code;
using Emu.Engine.CodeCache;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

/// <summary>
/// Turns one IR block into machine code: its usual way densely into the hot part of the code memory, everything else into the cold part. Reused from block to
/// block; the code cache's lock guards it.
/// </summary>
internal sealed unsafe partial class X64Emitter
{
    private readonly RegisterMap _map;
    private readonly LoopPlaces _places;
    private readonly int _swapHomes;
    private readonly CodeMemory _code;
    private readonly Asm _asm;
    private readonly Asm _cold;
    private readonly Temps _temps;
    private readonly FaultTable _faults;
    private readonly List<ColdPath> _coldPaths = [];
    private readonly int _savedTemps;
    private readonly HostFeature _features;
    private IrBlock _ir = null!;
    private ulong _pc;

    /// <summary>Bytes of guest instructions before the one that is emitted, and with it.</summary>
    private ulong _offset, _nextOffset;
    private nint _record;
    private int _index;

    /// <param name="map">Where guest registers are.</param>
    /// <param name="code">Where code goes.</param>
    /// <param name="faults">What tells the guest addresses of accesses.</param>
    /// <param name="savedTemps">State offset of the words for the vector registers that hold temporaries; those of registers that changed places and the spill area follow.</param>
    /// <param name="features">What the host's processor can do.</param>
    public X64Emitter(RegisterMap map, CodeMemory code, FaultTable faults, int savedTemps, HostFeature features)
    {
        (_savedTemps, _features) = (savedTemps, features);
        (_map, _code, _faults) = (map, code, faults);
        (_asm, _cold) = (code.Hot, code.Cold);
        _places = new LoopPlaces(map);
        _swapHomes = savedTemps + Temps.Registers.Length * sizeof(ulong);
        _temps = new Temps(_swapHomes + Swap.Most * sizeof(ulong));
    }

    private bool Has(HostFeature feature) => (_features & feature) != 0;

    private Stubs Stubs => _code.Stubs;

    /// <summary>Bytes of hot and of cold code that a block needs at most.</summary>
    public static (long Hot, long Cold) MaxCodeSize(IrBlock ir) => (ir.Count * 192L + ir.HookCount * 64L + 256, ir.Count * 640L + (1 + ir.Stretches.Length) * ir.Early.Length * 48L + 512);

    /// <summary>Emits the block and sets its entry; the rows that tell guest addresses of faults go behind its record. Returns their bytes.</summary>
    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        byte* hot = _asm.At, cold = _cold.At;
        _needsCommonMap = false;
        var size = EmitOnce(ir, block);
        if (_swaps.Count == 0 || !_needsCommonMap)
            return size;
        // Once more, with the map of all code.
        _asm.At = hot;
        _cold.At = cold;
        _faults.Drop();
        return EmitOnce(ir, block);
    }

    private void Begin(in IrInsn start)
    {
        _pc = (ulong)start.Imm;
        _offset = _nextOffset;
        _nextOffset += start.Size;
        EmitSeededSlowdown();
    }

    private int EmitOnce(IrBlock ir, TranslatedBlock* block)
    {
        _ir = ir;
        _pc = ir.Pc;
        (_offset, _nextOffset) = (0, 0);
        _record = (nint)block;
        _temps.Begin(ir);
        _demand.Begin(ir);
        ForgetHeld();
        _jumpMask = false;
        _coldPaths.Clear();
        ForgetTested();
        ForgetBoxed();
        _asm.Align(16);
        _faults.Begin(_code.ToExecutable(_asm.At), _code.ToExecutable(_cold.At), block);
        block->Entry = _code.ToExecutable(_asm.At);
        CountEntry();
        TestRounding();
        EnterLoop();
        for (_index = 0; _index < ir.Count; _index++)
        {
            _temps.At(_index);
            EndSkip();
            EmitInsn(ir.Insns[_index]);
        }

        block->CodeSize = (int)(_code.ToExecutable(_asm.At) - (byte*)block->Entry);
        foreach (var path in _coldPaths)
            if (path.Site is not null)
                EmitCold(path);
        return _faults.End(_swaps);
    }

    private void EmitInsn(in IrInsn insn)
    {
        switch (insn.Op)
        {
            case IrOp.InsnStart: Begin(insn); break;
            case IrOp.Load: EmitLoad(insn); break;
            case IrOp.Store: EmitStore(insn); break;
            case IrOp.Fence: EmitFence(); break;
            case IrOp.And when IsMaskOfJump(insn): _temps.Put(insn.Dst, _places.PlaceOf(insn.A.Index)); break;
            case IrOp.SkipUnlessZero: EmitSkipUnlessZero(insn); break;
            case IrOp.LeaveIf: EmitLeaveIf(insn); break;
            case IrOp.LeaveUnless: EmitLeaveUnless(insn); break;
            case IrOp.Jump: EmitJump(insn); break;
            case IrOp.Branch: EmitBranch(insn); break;
            case IrOp.JumpIndirect: EmitJumpIndirect(insn); break;
            case IrOp.Syscall: EmitSyscall(insn); break;
            case IrOp.Trap: EmitTrap(insn); break;
            case IrOp.Exit: EmitExit(insn); break;
            case >= IrOp.LoadReserved and <= IrOp.AtomicCompareSwapPair: EmitAtomic(insn); break;
            case >= IrOp.FloatAdd and <= IrOp.NanUnbox when insn.Size != 2: EmitFloat(insn); break;
            case >= IrOp.FloatAdd and <= IrOp.FloatToHalf: EmitSlow(insn); break;
            case >= IrOp.PluginExec and <= IrOp.ScoreboardAddAt: EmitPlugin(insn); break;
            case IrOp.CallHelper: EmitSlow(insn); break;
            default: EmitInteger(insn); break;
        }
    }

    /// <summary>Where an operand is.</summary>
    private Place Of(IrValue value) => value.Kind switch
    {
        IrValueKind.Constant => Place.Of(_ir.ConstantOf(value)),
        IrValueKind.Global => PlaceOfGlobal(value.Index),
        IrValueKind.Temp => _temps.Of(value),
        _ => default,
    };

    /// <summary>Where the result of an integer op is to be. What is known of the register that it overwrites is forgotten.</summary>
    private Place Target(IrValue value, bool keepsTested = false)
    {
        switch (value.Kind)
        {
            case IrValueKind.Global:
                if (!keepsTested)
                    ForgetTested(value);
                var place = _places.PlaceOf(value.Index);
                return place.IsState && IsForNextOnly(value) ? Place.Of(Reg.Rax) : place;
            case IrValueKind.Temp when _temps.IsOnlyUsedAt(value, NextIndex()) || IsForChoice(value):
                _temps.Put(value, Place.Of(Reg.Rax));
                return Place.Of(Reg.Rax);
            case IrValueKind.Temp when _temps.LastUseOf(value) > _index:
                return _temps.Spill(value);
            default:
                return default;
        }
    }

    /// <summary>The next instruction that is not only a marker.</summary>
    private int NextIndex() => NextIndex(_index);

    private int NextIndex(int index)
    {
        var next = index + 1;
        while (next < _ir.Count && _ir.Insns[next].Op == IrOp.InsnStart)
            next++;
        return next;
    }

    /// <summary>The register in which a result is computed.</summary>
    private static Reg WorkingRegister(Place target) => target.IsGeneral ? target.General : Reg.Rax;

    /// <summary>Brings a result from its working register to its place.</summary>
    private void Finish(Place target, Reg result)
    {
        if (target.IsState)
        {
            _asm.Mov(target.Mem, result);
            if (result == Reg.Rax)
                KeepRax(target.Offset);
        }
        else if (target.IsVector)
        {
            _asm.Mov(target.Vector, result, wide: true);
            _boxed[(int)target.Vector] = false;
        }
    }

    /// <summary>Brings a value into a general register.</summary>
    private void MoveTo(Reg register, Place value, bool wide = true)
    {
        switch (value.Kind)
        {
            case PlaceKind.Constant when value.Value == 0: _asm.Op(Alu.Xor, register, register, wide: false); break;
            case PlaceKind.Constant: _asm.Mov(register, wide ? value.Value : (uint)value.Value); break;
            case PlaceKind.General when wide: _asm.Mov(register, value.General); break;
            case PlaceKind.General: _asm.Extend(register, value.General, 4, signed: false); break;
            case PlaceKind.Vector: _asm.Mov(register, value.Vector, wide && !value.IsNarrow); break;
            case PlaceKind.State: _asm.Mov(register, value.Mem, wide); break;
            default: throw new InvalidOperationException("the x64 backend met an absent operand");
        }
    }

    /// <summary>A value as a general register: its own, or <paramref name="scratch"/>.</summary>
    private Reg ToRegister(Place value, Reg scratch)
    {
        if (value.IsGeneral)
            return value.General;
        MoveTo(scratch, value);
        return scratch;
    }

    /// <summary>A value as register, operand in memory or immediate.</summary>
    private Place ToOperand(Place value, Reg scratch) =>
        value.IsGeneral || value.IsState || value.IsImmediate ? value : Place.Of(ToRegister(value, scratch));

    /// <summary>As <see cref="ToOperand"/>, but no immediate.</summary>
    private Place ToRegisterOrMemory(Place value, Reg scratch) => value.IsGeneral || value.IsState ? value : Place.Of(ToRegister(value, scratch));

    /// <summary>Has managed code do the op.</summary>
    private void EmitSlow(in IrInsn insn)
    {
        _needsCommonMap = true;
        var record = SlowRecord(insn);
        SpillVectors();
        _asm.Lea(Reg.Rax, Mem.Of((byte*)record));
        _asm.Call(Stubs.SlowOp);
        ForgetTested();
        ForgetBoxed();
    }

    /// <summary>Before a call: vector registers do not survive it, but those that hold guest registers.</summary>
    private void SpillVectors()
    {
        while (_temps.TryTakeVector(out var old, out var home))
            StoreVector(_asm, home, old);
    }

    /// <summary>Writes the record of an op that managed code does into the cold code; operands that are nowhere in the state block are brought there.</summary>
    private SlowOp* SlowRecord(in IrInsn insn)
    {
        var (a, aValue) = SlowOperand(insn.A);
        var (b, bValue) = SlowOperand(insn.B);
        var (c, cValue) = SlowOperand(insn.C);
        _cold.Align(16);
        var record = (SlowOp*)_cold.At;
        _cold.At += sizeof(SlowOp);
        *record = new SlowOp
        {
            Op = insn.Op, Size = insn.Size, Flags = insn.Flags, A = a, B = b, C = c, AValue = aValue, BValue = bValue, CValue = cValue, Imm = insn.Imm, Pc = _pc, Record = _record,
        };
        record->D = insn.Dst.Kind switch
        {
            IrValueKind.Global => insn.Dst.Index,
            IrValueKind.Temp when _temps.LastUseOf(insn.Dst) > _index => _temps.Spill(insn.Dst).Offset,
            _ => SlowOp.IsConstant,
        };
        return record;
    }

    private (int Offset, ulong Value) SlowOperand(IrValue value)
    {
        if (value.IsGlobal)
        {
            OutOfRax();
            return (value.Index, 0);
        }

        var place = Of(value);
        if (place.IsGeneral || place.IsVector)
        {
            var home = _temps.Move(value);
            if (place.IsGeneral)
                _asm.Mov(home.Mem, place.General);
            else
                StoreVector(_asm, home, place);
            place = home;
        }

        return place.IsState ? (place.Offset, 0) : (SlowOp.IsConstant, place.Value);
    }
}
