using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// A guest address below the memory's base, read as a number, is inside of the reserved region, where the host's page rights are the guest's: README.
internal sealed unsafe partial class X64Emitter
{
    private const int Untested = -1;

    /// <summary>How far from an address that was tested an access may be: far less than the guards.</summary>
    private const int MaxSlack = 1 << 28;

    /// <summary>How far the values of guest registers are at most from one that was tested in this block.</summary>
    private readonly List<(IrValue Value, int Slack)> _tested = [];

    private void EmitLoad(in IrInsn insn)
    {
        var address = AddressOf(insn, Reg.Rdx);
        if (insn.Dst.IsGlobal && _places.PlaceOf(insn.Dst.Index) is { IsVector: true } vector && insn.Size == 8)
        {
            Access(insn, address, vector);
            _boxed[(int)vector.Vector] = false;
            return;
        }

        if (insn.Dst.IsTemp && insn.Size == 4 && _temps.IsOnlyUsedAt(insn.Dst, NextIndex()) && _ir.Insns[NextIndex()].Op == IrOp.NanBox)
        {
            _temps.Put(insn.Dst, Place.Of(First, isNarrow: true));
            Access(insn, address, Place.Of(First));
            return;
        }

        // The base of the address may be the register that is loaded: until then it is known what it was.
        var target = insn.Dst.IsGlobal && _places.PlaceOf(insn.Dst.Index) is { IsGeneral: true } pinned ? pinned : Target(insn.Dst, keepsTested: true);
        var result = WorkingRegister(target);
        Access(insn, address, Place.Of(result));
        ForgetTested(insn.Dst);
        Finish(target, result);
    }

    private void EmitStore(in IrInsn insn)
    {
        var value = Of(insn.B);
        var address = AddressOf(insn, Reg.Rdx);
        var other = address.Base == Reg.Rdx ? Reg.Rax : Reg.Rdx;
        if (value.IsConstant && insn.Size < 8)
            value = Place.Of((ulong)(int)value.Value);
        if (!(value.IsGeneral || value.IsImmediate || (value.IsVector && (insn.Size == 4 || (insn.Size == 8 && !value.IsNarrow)))))
            value = Place.Of(ToRegister(value, other));
        Access(insn, address, value);
    }

    /// <summary>An access with a test before it, unless none is needed.</summary>
    private void Access(in IrInsn insn, Address address, Place value)
    {
        var test = -1;
        if (!address.IsKnown && !IsNear(insn.A, address.Displacement))
        {
            _asm.Op(Alu.Cmp, address.Base, Reg.R15);
            test = AddCold(new ColdPath
            {
                Kind = ColdKind.Access, Site = _asm.Jcc(Cond.AboveEqual), Pc = _pc, Insn = insn, A = Place.Of(address.Base), B = value, Displacement = address.Displacement,
            });
            if (address.IsHome)
                KeepTested(insn.A, 0);
        }

        Access(_asm, insn, Mem.At(Reg.R15, address.Base, address.Displacement), value, address);
        if (test >= 0)
            ReturnsHere(test, wide: true);
    }

    private void Access(Asm asm, in IrInsn insn, Mem operand, Place value, Address address)
    {
        if (address.IsKnown && address.Base == Mem.NoIndex)
            operand = Mem.At(Reg.R15, address.Displacement);
        _faults.Add(_code.ToExecutable(asm.At), _pc, insn.Op == IrOp.Store);
        if (insn.Op == IrOp.Load && value.IsVector)
            asm.Movs(value.Vector, operand, insn.Size == 8);
        else if (insn.Op == IrOp.Load)
            asm.Load(value.General, operand, insn.Size, (insn.Flags & IrFlags.Signed) != 0);
        else if (value.IsVector)
            asm.Movs(operand, value.Vector, insn.Size == 8);
        else if (value.IsConstant)
            asm.Store(operand, (int)value.Value, insn.Size);
        else
            asm.Store(operand, value.General, insn.Size);
    }

    private bool IsNear(IrValue value, int displacement) => SlackOf(value) is var slack and >= 0 && slack + Math.Abs(displacement) <= MaxSlack;

    private void ForgetTested() => _tested.Clear();

    private void ForgetTested(IrValue value)
    {
        for (var i = 0; i < _tested.Count; i++)
        {
            if (_tested[i].Value != value)
                continue;
            _tested[i] = _tested[^1];
            _tested.RemoveAt(_tested.Count - 1);
            return;
        }
    }

    /// <summary>A guest register's new value is that far from one that was tested.</summary>
    private void KeepTested(IrValue value, int slack)
    {
        ForgetTested(value);
        if (slack >= 0 && value.IsGlobal && value.Index >= IrGlobals.FirstRegister)
            _tested.Add((value, slack));
    }

    private int SlackOf(IrValue value)
    {
        foreach (var (tested, slack) in _tested)
            if (tested == value)
                return slack;
        return Untested;
    }

    /// <summary>What is known of a value plus a constant.</summary>
    private int SlackAfter(IrValue value, int constant) =>
        SlackOf(value) is var slack and >= 0 && constant is > -MaxSlack and < MaxSlack && slack + Math.Abs(constant) <= MaxSlack
            ? slack + Math.Abs(constant)
            : Untested;

    /// <summary>The address of an access as base and displacement from the memory's start.</summary>
    private Address AddressOf(in IrInsn insn, Reg scratch)
    {
        var place = Of(insn.A);
        var displacement = insn.Imm;
        if (place.IsConstant)
        {
            var address = place.Value + (ulong)displacement;
            if (address <= int.MaxValue)
                return new Address(Mem.NoIndex, (int)address, IsKnown: true);
            _asm.Mov(scratch, address);
            return new Address(scratch, 0, IsKnown: address < GuestMemory.Size);
        }

        var @base = ToRegister(place, scratch);
        if (displacement is > -MaxSlack and < MaxSlack)
            return new Address(@base, (int)displacement, IsKnown: false, IsHome: true);
        if (@base == Reg.Rax)
        {
            _asm.Mov(scratch, (ulong)displacement);
            _asm.Op(Alu.Add, scratch, Reg.Rax);
        }
        else
        {
            // The value of a store may be in rax: the sum is made in the scratch register alone.
            _asm.Mov(StateWords.At(StateWords.Scratch), @base);
            _asm.Mov(scratch, (ulong)displacement);
            _asm.Op(Alu.Add, scratch, StateWords.At(StateWords.Scratch));
        }

        return new Address(scratch, 0, IsKnown: false);
    }

    /// <summary>The test found the base outside: the sum modulo 2^64 may be inside all the same. If it is not, the fault has its exact address.</summary>
    private void EmitColdAccess(in ColdPath path)
    {
        var value = path.B;
        var sum = path.Insn.Op == IrOp.Store && value.Is(Reg.Rax) ? Reg.Rdx : Reg.Rax;
        _cold.Lea(sum, Mem.At(path.A.General, path.Displacement));
        _cold.Op(Alu.Cmp, sum, Reg.R15);
        var outside = _cold.Jcc(Cond.AboveEqual);
        _pc = path.Pc;
        Access(_cold, path.Insn, Mem.At(Reg.R15, sum, 0), value, new Address(sum, 0, IsKnown: true));
        _cold.Jmp(path.Return);
        Asm.Aim(outside, _cold.At);
        _cold.Mov(StateWords.At(StateOffsets.FaultAddress), sum);
        _cold.Call(Stubs.Fault);
        _faults.Add(_code.ToExecutable(_cold.At), path.Pc, path.Insn.Op == IrOp.Store);
    }

    /// <summary>Any locked instruction is a full barrier (SDM volume 3, 10.2.5).</summary>
    private void EmitFence()
    {
        _asm.Lock();
        _asm.Op(Alu.Or, Mem.At(Reg.Rsp), 0, wide: false);
    }

    /// <summary>An address.</summary>
    /// <param name="Base">The register that is added to the memory's start, or <see cref="Mem.NoIndex"/>.</param>
    /// <param name="Displacement">What is added.</param>
    /// <param name="IsKnown">It was found to be inside when the code was made.</param>
    /// <param name="IsHome">The base is the access's own, not a sum.</param>
    private readonly record struct Address(Reg Base, int Displacement, bool IsKnown, bool IsHome = false);
}
