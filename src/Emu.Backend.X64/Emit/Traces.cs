using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Engine.Instrumentation.Traces;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Records of traces: stores to where the vCPU's slot points, and one test whether the buffer is full.
internal sealed unsafe partial class X64Emitter
{
    private void EmitAppend(in IrInsn insn, in IrHook hook)
    {
        _needsCommonMap = true;
        var trace = hook.Trace!;
        SpillVectors();
        var (address, value, count) = (OutOfScratch(Of(insn.A)), OutOfScratch(Of(insn.B)), OutOfScratch(Of(insn.C)));
        var hasStamp = trace.TryFind(IrTraceValue.Stamp, out var stamp);
        if (hasStamp)
        {
            _asm.Mov(Reg.Rdx, (ulong)trace.StampWord);
            _asm.Mov(Reg.Rax, 1);
            _asm.Lock();
            _asm.Xadd(Mem.At(Reg.Rdx), Reg.Rax, wide: true);
        }

        _asm.Mov(Reg.Rdx, StateWords.At(trace.Slot));
        if (hasStamp)
            _asm.Store(Mem.At(Reg.Rdx, stamp.Offset), Reg.Rax, stamp.Size);
        StoreConstants(trace, hook);
        if (trace.TryFind(IrTraceValue.Address, out var field))
            StoreField(field, Sum(address, hook.Displacement));
        if (trace.TryFind(IrTraceValue.Value, out field))
            StoreField(field, value);
        if (trace.TryFind(IrTraceValue.InstructionCount, out field))
            StoreField(field, count);
        Advance(trace);
    }

    /// <summary>A value that is in rax is brought elsewhere, since rax and rdx are needed.</summary>
    private Place OutOfScratch(Place value)
    {
        if (!value.Is(Reg.Rax))
            return value;
        _asm.Mov(StateWords.At(StateWords.Scratch), Reg.Rax);
        return Place.In(StateWords.Scratch);
    }

    /// <summary>What is known now, words at a time; parts of them that are computed are overwritten.</summary>
    private void StoreConstants(IrTrace trace, in IrHook hook)
    {
        for (var offset = 0; offset < trace.RecordSize; offset += sizeof(ulong))
        {
            var length = Math.Min(sizeof(ulong), trace.RecordSize - offset);
            if (!trace.IsComputedAt(offset, length))
                StoreField(new IrTraceField(default, offset, length), Place.Of(trace.ConstantAt(offset, length, hook, _pc)));
        }
    }

    /// <summary>Base and displacement, in rax if they must be added.</summary>
    private Place Sum(Place @base, long displacement)
    {
        if (@base.IsConstant)
            return Place.Of(@base.Value + (ulong)displacement);
        if (displacement == 0)
            return @base;
        if (displacement == (int)displacement)
        {
            _asm.Lea(Reg.Rax, Mem.At(ToRegister(@base, Reg.Rax), (int)displacement));
            return Place.Of(Reg.Rax);
        }

        _asm.Mov(Reg.Rax, (ulong)displacement);
        if (@base.IsGeneral)
            _asm.Op(Alu.Add, Reg.Rax, @base.General);
        else
            _asm.Op(Alu.Add, Reg.Rax, @base.Mem);
        return Place.Of(Reg.Rax);
    }

    private void StoreField(in IrTraceField field, Place value)
    {
        var target = Mem.At(Reg.Rdx, field.Offset);
        if (value.IsImmediate || (value.IsConstant && field.Size < sizeof(ulong)))
            _asm.Store(target, (int)value.Value, field.Size);
        else
            _asm.Store(target, ToRegister(value, Reg.Rax), field.Size);
    }

    private void Advance(IrTrace trace)
    {
        _asm.Op(Alu.Add, Reg.Rdx, trace.RecordSize);
        _asm.Mov(StateWords.At(trace.Slot), Reg.Rdx);
        _asm.Op(Alu.Cmp, Reg.Rdx, StateWords.At(trace.Slot + sizeof(ulong)));
        var call = CallRecord(TraceHandover.Unmanaged, trace.Stream, 0);
        var full = AddCold(new ColdPath { Kind = ColdKind.TraceFull, Site = _asm.Jcc(Cond.Equal), Target = call });
        ReturnsHere(full, wide: false);
    }

    private void EmitTraceFull(in ColdPath path)
    {
        _cold.Lea(Reg.Rax, Mem.Of(path.Target));
        _cold.Call(Stubs.CallbackOf(IrGlobalUse.None, isMemory: false));
        _cold.Jmp(path.Return);
    }
}
