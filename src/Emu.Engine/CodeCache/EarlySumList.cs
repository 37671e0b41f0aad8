using System.Runtime.InteropServices;
using Emu.Ir;

namespace Emu.Engine.CodeCache;

/// <summary>In the code arena, the <see cref="EarlySum"/>s of a block and the stretches of guest addresses that it was made of, which lie behind this header in that order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EarlySumList
{
    private int _sums;
    private int _stretches;

    /// <summary>Arena bytes of what a block needs.</summary>
    public static int BytesFor(IrBlock ir) => sizeof(EarlySumList) + ir.Early.Length * sizeof(EarlySum) + (1 + ir.Stretches.Length) * sizeof(Stretch);

    /// <summary>Writes a block's into memory of that length.</summary>
    public static void Write(EarlySumList* list, IrBlock ir)
    {
        *list = new EarlySumList { _sums = ir.Early.Length, _stretches = 1 + ir.Stretches.Length };
        ir.Early.CopyTo(Sums(list));
        var stretches = Stretches(list);
        stretches[0] = new Stretch { Start = ir.Pc, End = ir.EndPc };
        for (var i = 1; i < stretches.Length; i++)
            (stretches[i].Start, stretches[i].End) = ir.Stretches[i - 1];
    }

    /// <summary>Takes back what was not due yet at an instruction at which the block was left.</summary>
    public static void TakeBack(EarlySumList* list, ulong pc, int vcpu)
    {
        var before = 0UL;
        foreach (ref readonly var stretch in Stretches(list))
        {
            if (pc >= stretch.Start && pc < stretch.End)
            {
                EarlySum.TakeBack(Sums(list), before + pc - stretch.Start, vcpu);
                return;
            }

            before += stretch.End - stretch.Start;
        }
    }

    private static Span<EarlySum> Sums(EarlySumList* list) => new(list + 1, list->_sums);

    private static Span<Stretch> Stretches(EarlySumList* list) => new((EarlySum*)(list + 1) + list->_sums, list->_stretches);

    private struct Stretch
    {
        public ulong Start;
        public ulong End;
    }
}
