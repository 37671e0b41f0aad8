using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Backend.Tests.Differential;
using Emu.Ir;
using Emu.Ir.Float;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>Rings for the ops that have handlers of their own, outside of the tables.</summary>
internal static unsafe class OpRings
{
    private static readonly int NoHelp = IrHelpers.Register("test_no_help", &Sum);

    private static readonly GCHandle Self = GCHandle.Alloc(new Watcher());

    static OpRings()
    {
        var binder = default(ThreadedCallbacks);
        binder.BindExec<Nothing>(null);
        binder.BindMemory<NothingOfMemory>(null);
        binder.BindExec<CountsInline>(null);
        binder.BindMemory<CountsMemoryInline>(null);
        binder.BindExec<TakesAnAddress>(null);
        binder.BindExec<Tries>(null);
        binder.BindExec<Allocates>(null);
        binder.BindMemory<TakesAnAddressOfMemory>(null);
    }

    /// <summary>Choice, fences, helpers.</summary>
    public static IEnumerable<RingCase> Plain() =>
    [
        RingCase.Of("Select", Registers(1, 2), ir => ir.Append(new IrInsn { Op = IrOp.Select, Dst = Target, A = A, B = B, C = C })),
        RingCase.Of("Fence", Registers(0, 0), ir => ir.Fence()),
        RingCase.Of("CallHelper", Registers(0, 0), ir => ir.CallHelper(A, B, NoHelp)),
    ];

    /// <summary>Every atomic op; store-conditionals both with and without a reservation.</summary>
    public static IEnumerable<RingCase> Atomics()
    {
        foreach (var op in Enum.GetValues<IrOp>().Where(op => op is >= IrOp.LoadReserved and <= IrOp.AtomicCompareSwap))
            foreach (var size in op is IrOp.LoadReserved or IrOp.StoreConditional ? (byte[])[4, 8] : [1, 2, 4, 8])
                yield return RingCase.Of($"{op} {size}", Registers(StartState.MemoryStart, 5), ir => ir.Append(Atomic(op, size)));
        yield return RingCase.Of("AtomicCompareSwapPair", Registers(StartState.MemoryStart, 5), ir =>
            ir.AtomicCompareSwapPair(A, (long)TestBlock.Offset(9) << 32 | (uint)TestBlock.Offset(11)));
        foreach (var size in (byte[])[4, 8])
            yield return RingCase.Of($"reserved StoreConditional {size}", Registers(StartState.MemoryStart, 5), ir =>
            {
                ir.Append(Atomic(IrOp.LoadReserved, size));
                ir.Append(Atomic(IrOp.StoreConditional, size));
            });
    }

    /// <summary>
    /// Every float op: computed by the host (nearest, inexact already raised, ordinary result), by the host in vain (result not ordinary), and by
    /// function (another mode); with the mode in the instruction and in the guest's register.
    /// </summary>
    public static IEnumerable<RingCase> Floats() =>
        from op in Enum.GetValues<IrOp>()
        where op is (>= IrOp.FloatAdd and <= IrOp.FloatNarrow) or (>= IrOp.FloatMinimum and <= IrOp.FloatToHalf)
        from size in SizesOf(op)
        from mode in op == IrOp.FloatClass ? [IrRounding.NearestEven] : (IrRounding[])[IrRounding.NearestEven, IrRounding.Down]
        from isDynamic in op == IrOp.FloatClass ? (bool[])[false] : [false, true]
        from value in size == 4 || op == IrOp.FloatWiden ? (ulong[])[0x3FC00000, 0x7FC00000, 0] : [0x3FF8000000000000, 0x7FF8000000000000, 0]
        select Float(op, size, mode, isDynamic, value);

    private static byte[] SizesOf(IrOp op) =>
        (IrOps.OperandsOf(op) & IrOperands.Size) == 0 ? [0] :
        op == IrOp.FloatToInt32Modular ? [8] :
        op is IrOp.FloatFromHalf or IrOp.FloatToHalf ? [4, 8] :
        [2, 4, 8];

    /// <summary>Inline operations, conditions that hold and that do not, callbacks, skips.</summary>
    public static IEnumerable<RingCase> Plugins()
    {
        yield return RingCase.Of("ScoreboardAdd", Registers(0, 0), ir => ir.ScoreboardAdd(ir.Block.AddHook(Hook())));
        yield return RingCase.Of("ScoreboardStore", Registers(0, 0), ir => ir.ScoreboardStore(ir.Block.AddHook(Hook())));
        yield return RingCase.Of("ScoreboardReadAt", Registers(1, 0), ir => ir.SetGlobal(TestBlock.Offset(5), ir.ScoreboardReadAt(A, ir.Block.AddHook(Hook()))));
        yield return RingCase.Of("ScoreboardWriteAt", Registers(1, 0), ir => ir.ScoreboardWriteAt(A, B, ir.Block.AddHook(Hook())));
        yield return RingCase.Of("ScoreboardAddAt", Registers(1, 0), ir => ir.ScoreboardAddAt(A, B, ir.Block.AddHook(Hook())));
        yield return PluginExec<Nothing>();
        yield return PluginMem<NothingOfMemory>();
        yield return PluginMem<CountsMemoryInline>();
        yield return PluginMem<TakesAnAddressOfMemory>();
        yield return PluginExec<CountsInline>();
        yield return PluginExec<TakesAnAddress>();
        yield return PluginExec<Tries>();
        yield return PluginExec<Allocates>();
        foreach (var condition in Enum.GetValues<IrHookCondition>())
            foreach (var immediate in (ulong[])[0, 1])
                yield return RingCase.Of(
                    $"{condition} {immediate}", Registers(0, 0), ir => ir.PluginCondExec(ir.Block.AddHook(Hook() with { Condition = condition, Immediate = immediate })));
        foreach (var operand in (ulong[])[0, 1])
            yield return RingCase.Of($"SkipUnlessZero of {operand}", Registers(operand, 0), ir =>
            {
                ir.SkipUnlessZero(A, 1);
                ir.ScoreboardAdd(ir.Block.AddHook(Hook() with { Entry = Scoreboards.Address + 8 }));
            });
    }

    private static ulong Sum(void* state, ulong a, ulong b) => a + b;

    private static IrValue A => IrValue.Global(TestBlock.Offset(5));

    private static IrValue B => IrValue.Global(TestBlock.Offset(6));

    private static IrValue C => IrValue.Global(TestBlock.Offset(8));

    private static IrValue Target => IrValue.Global(TestBlock.Offset(7));

    private static StartState Registers(ulong a, ulong b) => new() { [TestBlock.Offset(5)] = a, [TestBlock.Offset(6)] = b, [TestBlock.Offset(8)] = b };

    private static IrInsn Atomic(IrOp op, byte size) => new() { Op = op, Size = size, Dst = Target, A = A, B = op == IrOp.LoadReserved ? default : B, C = op == IrOp.AtomicCompareSwap ? C : default };

    private static RingCase Float(IrOp op, byte size, IrRounding mode, bool isDynamic, ulong value)
    {
        var start = Registers(value, value);
        (start.RoundingMode, start.FloatFlags) = (isDynamic ? (uint)mode : 0, FloatFlags.Inexact);
        var operands = IrOps.OperandsOf(op);
        var insn = new IrInsn
        {
            Op = op,
            Size = size,
            Flags = (IrFlags)(isDynamic ? IrRounding.Dynamic : mode),
            Dst = Target,
            A = A,
            B = (operands & IrOperands.B) != 0 ? B : default,
            C = (operands & IrOperands.C) != 0 ? C : default,
        };
        return RingCase.Of($"{op} {size} {insn.Flags} of 0x{value:x} in {mode}", start, ir => ir.Append(insn));
    }

    private static IrHook Hook() => new()
    {
        Callback = CallbackId<Nothing>.Value, Plugin = GCHandle.ToIntPtr(Self), Entry = Scoreboards.Address, Stride = Scoreboards.Stride,
    };

    private static RingCase PluginExec<TCallback>()
        where TCallback : struct, IExecCallback
    {
        var hook = Hook() with { Callback = CallbackId<TCallback>.Value };
        return RingCase.Of($"PluginExec of {typeof(TCallback).Name}", Registers(0, 0), ir => ir.PluginExec(ir.Block.AddHook(hook)));
    }

    private static RingCase PluginMem<TCallback>()
        where TCallback : struct, IMemoryCallback
    {
        var hook = Hook() with { Callback = CallbackId<TCallback>.Value };
        return RingCase.Of($"PluginMem of {typeof(TCallback).Name}", Registers(0, 0), ir => ir.PluginMem(A, B, ir.Block.AddHook(hook), 8, IrFlags.None));
    }

    private readonly struct CountsInline : IExecCallback
    {
        public static bool IsInlined => true;

        public static void Invoke(Plugin self, in VCpu vcpu, nint userData) => ((Watcher)self).Counts[vcpu.Index]++;
    }

    private readonly struct CountsMemoryInline : IMemoryCallback
    {
        public static bool IsInlined => true;

        public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData) => ((Watcher)self).Counts[vcpu.Index] += access.Value;
    }

    private readonly struct Nothing : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData)
        {
        }
    }

    private readonly struct NothingOfMemory : IMemoryCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData)
        {
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFind(nint key, out ulong value)
    {
        value = (ulong)key;
        return key != 0;
    }

    private readonly struct TakesAnAddress : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData) => TryFind(userData, out _);
    }

    private readonly struct Tries : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData)
        {
            try
            {
                TryFind(userData, out _);
            }
            finally
            {
                TryFind(1, out _);
            }
        }
    }

    private readonly struct Allocates : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData)
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Fill((byte)userData);
        }
    }

    private readonly struct TakesAnAddressOfMemory : IMemoryCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData) => TryFind((nint)access.Address, out _);
    }

    private sealed class Watcher : Plugin
    {
        public readonly ulong[] Counts = new ulong[Scoreboards.VCpus];
    }
}
