using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Values;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// The handlers of this process by <see cref="OpKey"/>, alone and in pairs. Filled once; the visits below are where the compiler learns which
/// instantiations exist.
/// </summary>
internal sealed unsafe class HandlerTable<TMemory>
    where TMemory : struct, IMemoryPath
{
    /// <summary>The one table for this kind of memory.</summary>
    public static readonly HandlerTable<TMemory> Instance = new();

    private readonly nint* _singles = (nint*)NativeMemory.AllocZeroed(OpKey.Count, (nuint)sizeof(nint));
    private readonly PairTable _pairs = new();
    private readonly RunTable _runs = new();
    private readonly PairTable _instrumented = new();

    private HandlerTable()
    {
        var arithmetic = new ArithmeticVisitor(this);
        IrValueTypes.VisitBinary(ref arithmetic);
        IrValueTypes.VisitUnary(ref arithmetic);
        var singles = new SingleVisitor(this);
        Catalogue<TMemory>.VisitMemory(ref singles);
        Catalogue<TMemory>.VisitExits(ref singles);
        Catalogue<TMemory>.VisitOnPrevious(ref singles);
        Catalogue<TMemory>.VisitExitsOnPrevious(ref singles);
        singles.Visit<ScoreboardAddition>();
        Catalogue<TMemory>.VisitFloats(ref singles);
        if (HandlerChoice.HasFused)
            AddFused();
    }

    private void AddFused()
    {
        var runs = new RunVisitor(_runs);
        Catalogue<TMemory>.VisitRuns(ref runs);
        var firsts = new FirstVisitor(_pairs);
        Catalogue<TMemory>.VisitFirsts(ref firsts);
        Catalogue<TMemory>.VisitOnPrevious(ref firsts);
        var floats = new FloatVisitor(_pairs);
        Catalogue<TMemory>.VisitFloats(ref floats);
    }

    /// <summary>The handler for a micro-op, or null if there is none for these sources.</summary>
    public nint Single(OpKey key) => _singles[key.Value];

    /// <summary>The handler for two ops in a row, or null.</summary>
    public nint Pair(OpKey first, OpKey second)
    {
        if (first.Op is not (IrOp.PluginExec or IrOp.ScoreboardAdd))
            return _pairs.Find(first, second);
        lock (_instrumented)
            return _instrumented.Find(first, second);
    }

    /// <summary>The handler for so many accesses in a row that are alike, or null.</summary>
    public nint Run(OpKey access, int length) => _runs.Find(access, length);

    /// <summary>Declares the pairs that begin with a callback.</summary>
    public void AddCallback<TCallback>()
        where TCallback : struct, Plugins.IExecCallback
    {
        if (OpKey.OfCallback(CallbackId<TCallback>.Value) is not { } key)
            return;
        lock (_instrumented)
            _instrumented.Declare(key, &CallbackVisitor.Fill<TCallback>);
    }

    /// <summary>Declares the pairs that begin with an inline addition: only where plugins are linked.</summary>
    public void AddCounters()
    {
        lock (_instrumented)
            _instrumented.Declare(ScoreboardAddition.Key, &CounterVisitor.Fill);
    }

    /// <summary>True if the handler is one of those that begin with a callback.</summary>
    public bool BeginsWithCallback(nint handler)
    {
        lock (_instrumented)
            return _instrumented.Contains(handler, except: ScoreboardAddition.Key);
    }

    /// <summary>Every micro-op with its handler.</summary>
    public IEnumerable<(OpKey Key, nint Handler)> Singles()
    {
        for (var value = 0; value < OpKey.Count; value++)
            if (Single(new OpKey(value)) is var handler && handler != 0)
                yield return (new OpKey(value), handler);
    }

    /// <summary>Every pair with its handler, but for <see cref="InstrumentedPairs"/>.</summary>
    public IEnumerable<(OpKey First, OpKey Second, nint Handler)> Pairs() => _pairs.All();

    /// <summary>Every pair that begins with a callback or an inline addition.</summary>
    public IEnumerable<(OpKey First, OpKey Second, nint Handler)> InstrumentedPairs() => _instrumented.All();

    /// <summary>Every run with its handler.</summary>
    public IEnumerable<(OpKey Access, int Length, nint Handler)> Runs() => _runs.All();

    private void Add(OpKey key, Handler handler) => _singles[key.Value] = (nint)handler;

    private struct ArithmeticVisitor(HandlerTable<TMemory> table) : IBinaryVisitor, IUnaryVisitor
    {
        void IBinaryVisitor.Visit<TValue>()
        {
            table.Add(Binary<TValue, Register, Register>.Key, &Single<Binary<TValue, Register, Register>>.RawCalliHelper.Run);
            table.Add(Binary<TValue, Register, Immediate>.Key, &Single<Binary<TValue, Register, Immediate>>.RawCalliHelper.Run);
            table.Add(Binary<TValue, Zero, Register>.Key, &Single<Binary<TValue, Zero, Register>>.RawCalliHelper.Run);
        }

        void IUnaryVisitor.Visit<TValue>()
        {
            table.Add(Unary<TValue, Register>.Key, &Single<Unary<TValue, Register>>.RawCalliHelper.Run);
            table.Add(Unary<TValue, Immediate>.Key, &Single<Unary<TValue, Immediate>>.RawCalliHelper.Run);
        }
    }

    private readonly struct SingleVisitor(HandlerTable<TMemory> table) : IMicroOpVisitor, IExitOpVisitor
    {
        public void Visit<TMicroOp>()
            where TMicroOp : struct, IMicroOp => table.Add(TMicroOp.Key, &Single<TMicroOp>.RawCalliHelper.Run);

        public void VisitExit<TExitOp>()
            where TExitOp : struct, IExitOp => table.Add(TExitOp.Key, &SingleExit<TExitOp>.RawCalliHelper.Run);
    }

    private readonly struct RunVisitor(RunTable runs) : IMicroOpVisitor
    {
        public void Visit<TMicroOp>()
            where TMicroOp : struct, IMicroOp
        {
            runs.Add(TMicroOp.Key, 2, (nint)(Handler)(&AccessRun<TMicroOp, Two>.RawCalliHelper.Run));
            runs.Add(TMicroOp.Key, 3, (nint)(Handler)(&AccessRun<TMicroOp, Three>.RawCalliHelper.Run));
            runs.Add(TMicroOp.Key, 4, (nint)(Handler)(&AccessRun<TMicroOp, Four>.RawCalliHelper.Run));
        }
    }

    private readonly struct FirstVisitor(PairTable pairs) : IMicroOpVisitor
    {
        public void Visit<TMicroOp>()
            where TMicroOp : struct, IMicroOp => pairs.Declare(TMicroOp.Key, &Fill<TMicroOp>);

        private static void Fill<TMicroOp>(PairTable pairs)
            where TMicroOp : struct, IMicroOp
        {
            var seconds = new SecondVisitor<TMicroOp>(pairs);
            Catalogue<TMemory>.VisitSeconds(ref seconds);
            Catalogue<TMemory>.VisitExits(ref seconds);
            Catalogue<TMemory>.VisitExitsOnPrevious(ref seconds);
        }
    }

    private static class CallbackVisitor
    {
        public static void Fill<TCallback>(PairTable callbacks)
            where TCallback : struct, Plugins.IExecCallback
        {
            var seconds = new SecondVisitor<ExecCallback<TCallback>>(callbacks);
            Catalogue<TMemory>.VisitFirsts(ref seconds);
            Catalogue<TMemory>.VisitFloatsFrom<SecondVisitor<ExecCallback<TCallback>>, Register, Register>(ref seconds);
            Catalogue<TMemory>.VisitExits(ref seconds);
        }
    }

    private static class CounterVisitor
    {
        public static void Fill(PairTable instrumented)
        {
            var seconds = new SecondVisitor<ScoreboardAddition>(instrumented);
            Catalogue<TMemory>.VisitSeconds(ref seconds);
            Catalogue<TMemory>.VisitExits(ref seconds);
            Catalogue<TMemory>.VisitExitsOnPrevious(ref seconds);
            seconds.Visit<ScoreboardAddition>();
        }
    }

    private readonly struct SecondVisitor<TFirst>(PairTable pairs) : IMicroOpVisitor, IExitOpVisitor
        where TFirst : struct, IMicroOp
    {
        public void Visit<TMicroOp>()
            where TMicroOp : struct, IMicroOp => pairs.Add(TFirst.Key, TMicroOp.Key, (nint)(Handler)(&Pair<TFirst, TMicroOp>.RawCalliHelper.Run));

        public void VisitExit<TExitOp>()
            where TExitOp : struct, IExitOp => pairs.Add(TFirst.Key, TExitOp.Key, (nint)(Handler)(&PairExit<TFirst, TExitOp>.RawCalliHelper.Run));
    }

    private readonly struct FloatVisitor(PairTable pairs) : IMicroOpVisitor
    {
        public void Visit<TMicroOp>()
            where TMicroOp : struct, IMicroOp => pairs.Declare(TMicroOp.Key, &Fill<TMicroOp>);

        private static void Fill<TMicroOp>(PairTable pairs)
            where TMicroOp : struct, IMicroOp
        {
            var seconds = new SecondVisitor<TMicroOp>(pairs);
            Catalogue<TMemory>.VisitFloatSeconds(ref seconds);
            Catalogue<TMemory>.VisitExits(ref seconds);
        }
    }
}
