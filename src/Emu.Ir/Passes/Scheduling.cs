using System.Numerics;

namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>schedule</c>: puts an operation right behind the one whose result it takes, where only pure operations stand between. Compilers for in-order
/// processors keep the two apart; a backend that hands results on in a host register wants them together. Values and all that can be seen at barriers stay as they are.
/// </summary>
internal sealed class Scheduling
{
    /// <summary>Most operations that are ordered at once: a bit each.</summary>
    private const int Window = 32;

    private readonly int[] _places = new int[Window];
    private readonly IrInsn[] _insns = new IrInsn[Window];

    /// <summary>For each operation those that must stand before it.</summary>
    private readonly uint[] _before = new uint[Window];

    public void Run(IrBlock block)
    {
        var count = 0;
        for (var index = 0; index < block.Count; index++)
        {
            ref readonly var insn = ref block.At(index);
            if (insn.Op == IrOp.InsnStart)
                continue;
            var isMovable = (IrOps.PropertiesOf(insn.Op) & (IrProperties.Pure | IrProperties.Flags)) == IrProperties.Pure;
            if (isMovable)
                _places[count++] = index;
            if (isMovable && count < Window)
                continue;
            if (count > 2)
                Order(block, count, isMovable ? default : insn);
            count = 0;
        }
    }

    /// <summary>Orders the operations at the noted places, before the instruction <paramref name="next"/>; markers keep theirs.</summary>
    private void Order(IrBlock block, int count, in IrInsn next)
    {
        for (var i = 0; i < count; i++)
        {
            _insns[i] = block.At(_places[i]);
            _before[i] = 0;
            for (var j = 0; j < i; j++)
                if (MustStayBehind(_insns[i], _insns[j]))
                    _before[i] |= 1U << j;
        }

        var left = uint.MaxValue >> (Window - count);
        var last = -1;
        for (var i = 0; i < count; i++)
        {
            last = Next(left, last, next);
            left &= ~(1U << last);
            block.At(_places[i]) = _insns[last];
        }
    }

    /// <summary>The user of the last result, or what that user still waits for; else the first of those left, but what the next instruction takes comes last.</summary>
    private int Next(uint left, int last, in IrInsn next)
    {
        var choice = FirstUser(left, last);
        if (choice < 0)
        {
            choice = BitOperations.TrailingZeroCount(left);
            var others = left & (left - 1);
            if (others != 0 && Reads(next, _insns[choice].Dst))
                choice = BitOperations.TrailingZeroCount(others);
        }

        while ((_before[choice] & left) is var waiting && waiting != 0)
            choice = BitOperations.TrailingZeroCount(waiting);
        return choice;
    }

    private int FirstUser(uint left, int last)
    {
        if (last < 0)
            return -1;
        for (; left != 0; left &= left - 1)
            if (BitOperations.TrailingZeroCount(left) is var user && user > last && Reads(_insns[user], _insns[last].Dst))
                return user;
        return -1;
    }

    private static bool MustStayBehind(in IrInsn insn, in IrInsn earlier) =>
        Reads(insn, earlier.Dst) || Reads(earlier, insn.Dst) || (insn.Dst == earlier.Dst && !insn.Dst.IsNone);

    private static bool Reads(in IrInsn insn, IrValue value) => !value.IsNone && (insn.A == value || insn.B == value || insn.C == value);
}
