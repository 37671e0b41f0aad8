using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// A trace that is a loop may have a map of its own: guest registers of the state block that it uses much take the host registers of those that it uses little. They change places
// where the loop is entered and where it is left, also around the calls of cold code, after a fault by FaultTable.SwapBack. A call in hot code needs the map of all code.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>A register must be used that often in each round to get one of the host's.</summary>
    private const int MinUses = 3;

    private readonly List<Swap> _swaps = [];
    private int[] _uses = new int[64];
    private bool _needsCommonMap;
    private byte* _loop;

    private bool IsLoop => _ir.IsTrace && _ir.Insns[^1] is { Op: IrOp.Jump } jump && (ulong)jump.Imm == _ir.Pc;

    /// <summary>Chooses who changes places, and emits that; the loop's rounds begin behind it.</summary>
    private void EnterLoop()
    {
        _swaps.Clear();
        _places.Reset();
        _loop = null;
        if (!IsLoop || _needsCommonMap)
            return;
        ChooseSwaps();
        ReenterLoop(_asm);
        foreach (var swap in _swaps)
            _places.Swap(swap);
        _asm.Align(16);
        _loop = _asm.At;
    }

    private void ReenterLoop(Asm asm)
    {
        foreach (var swap in _swaps)
        {
            asm.Mov(StateWords.At(swap.Home), swap.Register);
            asm.Mov(swap.Register, StateWords.At(swap.Hot));
        }
    }

    /// <summary>Gives everybody his place back. Leaves the flags, rax and rdx alone.</summary>
    private void LeaveLoop(Asm asm)
    {
        foreach (var swap in _swaps)
        {
            asm.Mov(StateWords.At(swap.Hot), swap.Register);
            asm.Mov(swap.Register, StateWords.At(swap.Home));
        }
    }

    private void ChooseSwaps()
    {
        var rounds = CountUses();
        while (_swaps.Count < Swap.Most)
        {
            var hot = MostUsed();
            if (hot < 0 || _uses[hot / IrGlobals.Size] < MinUses * rounds || LeastUsed() is not { } pin || _uses[pin.Offset / IrGlobals.Size] * 2 > _uses[hot / IrGlobals.Size])
                return;
            _swaps.Add(new Swap(pin.Register, pin.Offset, hot, _swapHomes + _swaps.Count * sizeof(ulong)));
            _uses[hot / IrGlobals.Size] = 0;
            _uses[pin.Offset / IrGlobals.Size] = int.MaxValue;
        }
    }

    /// <summary>Counts how often each guest register is an operand or a result; how often the trace comes by its start.</summary>
    private int CountUses()
    {
        Array.Clear(_uses);
        var rounds = 0;
        foreach (ref readonly var insn in _ir.Insns)
        {
            if (insn.Op == IrOp.InsnStart && (ulong)insn.Imm == _ir.Pc)
                rounds++;
            Count(insn.Dst);
            Count(insn.A);
            Count(insn.B);
            Count(insn.C);
        }

        return rounds;
    }

    private void Count(IrValue value)
    {
        if (!value.IsGlobal || value.Index < IrGlobals.FirstRegister)
            return;
        var slot = value.Index / IrGlobals.Size;
        if (slot >= _uses.Length)
            Array.Resize(ref _uses, slot * 2);
        _uses[slot]++;
    }

    /// <summary>The register of the state block that is used most, or -1.</summary>
    private int MostUsed()
    {
        var best = -1;
        for (var slot = IrGlobals.FirstRegister / IrGlobals.Size; slot < _uses.Length && slot < _map.Slots; slot++)
            if (_uses[slot] > 0 && _map.PlaceOf(slot * IrGlobals.Size).IsState && (best < 0 || _uses[slot] > _uses[best / IrGlobals.Size]))
                best = slot * IrGlobals.Size;
        return best;
    }

    private (Reg Register, int Offset)? LeastUsed()
    {
        (Reg Register, int Offset)? best = null;
        foreach (var pin in _map.General)
            if (best is not { } other || _uses[pin.Offset / IrGlobals.Size] < _uses[other.Offset / IrGlobals.Size])
                best = pin;
        return best;
    }
}
