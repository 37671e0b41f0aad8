using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Engine.Checking;

/// <summary>
/// Runs every block by two backends from the same state and compares what they have done: registers, floating-point status, where and why the block was left, and the memory it stored to.
/// </summary>
/// <remarks>
/// The oracle goes first, on a copy of the state and with a journal of its stores, which are then taken back; the subject runs the very code that it runs elsewhere, on the guest's
/// own state, so system calls, signals and all else happen once. Blocks are not linked, and no budget is given, so that each is left at its end, a loop after one round. One vCPU runs at a time. What cannot be
/// run twice is run once and not compared: blocks that read a clock or store to shared memory, and those during which work came for the vCPU, such as a signal or a store to code.
/// A store of the subject's that the oracle has not made is found only when it changes what is compared.
/// For blocks without plugins: these would be told twice.
/// </remarks>
public sealed unsafe class CheckedBackend : IBackend, IDisposable
{
    /// <summary>How often a block is run again when its results differ: what another thread or the kernel changes meanwhile does not change that often.</summary>
    private const int Attempts = 8;

    private readonly Lock _gate = new();
    private readonly IGuest _guest;
    private readonly IBackend _subject;
    private readonly IBackend _oracle;
    private readonly Action<BackendDifference> _differs;
    private readonly StoreJournal _journal;
    private readonly CheckedStates _states;
    private readonly Dictionary<nint, Pair> _pairs = [];

    /// <summary>A block's code by the oracle.</summary>
    /// <param name="Oracle">Its record.</param>
    /// <param name="Untraced">Where the subject enters the block whose place this trace took, or 0: the trace may run that instead.</param>
    /// <param name="IsRepeatable">It does the same when it runs again.</param>
    private readonly record struct Pair(nint Oracle, nint Untraced, bool IsRepeatable);

    /// <summary>Checks <paramref name="subject"/> against <paramref name="oracle"/>; it owns both.</summary>
    /// <param name="guest">The guest architecture.</param>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="subject">The backend whose results the guest gets.</param>
    /// <param name="oracle">The backend that is compared with.</param>
    /// <param name="differs">Told of each block in which they differ, on the vCPU's thread inside translated code.</param>
    public CheckedBackend(IGuest guest, GuestMemory memory, IBackend subject, IBackend oracle, Action<BackendDifference> differs)
    {
        (_guest, _subject, _oracle, _differs) = (guest, subject, oracle, differs);
        _journal = new StoreJournal(memory);
        _states = new CheckedStates(guest);
    }

    /// <inheritdoc/>
    public string Name => $"{_subject.Name} checked by {_oracle.Name}";

    /// <summary>Blocks that were run by both and compared, each time that they ran.</summary>
    public long Compared { get; private set; }

    /// <inheritdoc/>
    public int MaxLoweredOps => _subject.MaxLoweredOps;

    /// <inheritdoc/>
    public bool PrefersChoices => _subject.PrefersChoices;

    /// <inheritdoc/>
    public bool WantsTraces => _subject.WantsTraces;

    /// <inheritdoc/>
    public bool EmitsHostCode => _subject.EmitsHostCode;

    /// <inheritdoc/>
    public int MaxCodeSize(IrBlock ir) => Aligned(_subject.MaxCodeSize(ir)) + TranslatedBlock.RecordSize + _oracle.MaxCodeSize(_journal.Rewrite(ir));

    /// <inheritdoc/>
    public bool HasRoom(IrBlock ir) => _subject.HasRoom(ir) && _oracle.HasRoom(_journal.Rewrite(ir));

    /// <inheritdoc/>
    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        var used = Aligned(_subject.Emit(ir, block));
        var record = (TranslatedBlock*)(TranslatedBlock.CodeOf(block) + used);
        *record = new TranslatedBlock { Pc = block->Pc, EndPc = block->EndPc, Mask = block->Mask, InstructionCount = block->InstructionCount, IsTrace = block->IsTrace };
        used += TranslatedBlock.RecordSize + _oracle.Emit(_journal.Rewrite(ir), record);
        lock (_gate)
            _pairs[(nint)block->Entry] = new Pair((nint)record, ir.Untraced, IsRepeatable(ir));
        return used;
    }

    private static int Aligned(int bytes) => (bytes + TranslatedBlock.RecordSize - 1) & -TranslatedBlock.RecordSize;

    private static bool IsRepeatable(IrBlock ir)
    {
        foreach (ref readonly var insn in ir.Insns)
            if (insn.Op == IrOp.CallHelper && !IrHelpers.IsRepeatable(insn.Imm))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public ExitReason Run(VCpuState* state, void* position)
    {
        lock (_gate)
        {
            var pair = _pairs[(nint)position];
            var reason = pair.IsRepeatable ? RunChecked(state, position, pair) : RunSubject(state, position);
            // Nothing is linked.
            return reason == ExitReason.Link ? ExitReason.Lookup : reason;
        }
    }

    private ExitReason RunSubject(VCpuState* state, void* position)
    {
        Volatile.Write(ref state->Budget, 0);
        return _subject.Run(state, position);
    }

    private ExitReason RunChecked(VCpuState* state, void* position, Pair pair)
    {
        _states.Keep(state);
        BackendDifference? first = null;
        for (var attempt = 0; ; attempt++)
        {
            var oracle = (TranslatedBlock*)OracleOf(pair, attempt).Oracle;
            var expected = RunOracle(oracle);
            if (_journal.IsSeenByOthers || VCpuContext.Current is { HasWork: true })
                return TakeOver(state, oracle, expected);
            _journal.TakeBack();
            var found = RunSubject(state, position);
            if (found == ExitReason.Hot)
                return found;
            Compared++;
            if (Compare(state, oracle, expected, found) is not { } difference)
                return found;
            first ??= difference;
            if (attempt == Attempts)
            {
                _differs(first);
                return found;
            }

            _journal.TakeBack();
            _states.Restore(state);
        }
    }

    /// <summary>Every other time the block whose place a trace took, which may run as well.</summary>
    private Pair OracleOf(Pair pair, int attempt) => attempt % 2 == 1 && pair.Untraced != 0 ? _pairs[pair.Untraced] : pair;

    private ExitReason RunOracle(TranslatedBlock* block)
    {
        var state = _states.Copy();
        _journal.Begin();
        try
        {
            return _oracle.Run(state, block->Entry);
        }
        finally
        {
            _journal.End();
        }
    }

    /// <summary>The block is not run again: the guest gets the oracle's results. A trace that stores to code must not go on behind the store, so it is as if it had not begun.</summary>
    private ExitReason TakeOver(VCpuState* state, TranslatedBlock* block, ExitReason reason)
    {
        if (block->IsTrace && !_journal.IsSeenByOthers)
        {
            _journal.TakeBack();
            return ExitReason.Budget;
        }

        _states.TakeOver(state);
        return reason;
    }

    private BackendDifference? Compare(VCpuState* state, TranslatedBlock* block, ExitReason expected, ExitReason found)
    {
        var difference = _states.FirstDifference(state, KindOf(expected), KindOf(found));
        if (difference is null && _journal.FirstDifference() is var (address, stored, there))
            difference = ($"the byte at 0x{address:x}", $"0x{stored:x}", $"0x{there:x}");
        return difference is var (what, wanted, got)
            ? new BackendDifference(block->Pc, block->IsTrace, what, wanted, got) { Oracle = _oracle.Name, Subject = _subject.Name }
            : null;
    }

    /// <summary>The three ways to go on with another block are one.</summary>
    private static ExitReason KindOf(ExitReason reason) => reason is ExitReason.Budget or ExitReason.Link ? ExitReason.Lookup : reason;

    /// <inheritdoc/>
    public void Link(void* site, TranslatedBlock* target) => throw new InvalidOperationException("blocks that are checked are not linked");

    /// <inheritdoc/>
    public void Unlink(void* site) => throw new InvalidOperationException("blocks that are checked are not linked");

    /// <inheritdoc/>
    public void Flush()
    {
        _pairs.Clear();
        _subject.Flush();
        _oracle.Flush();
    }

    /// <inheritdoc/>
    public void PrepareFork()
    {
        _subject.PrepareFork();
        _oracle.PrepareFork();
    }

    /// <inheritdoc/>
    public void EndFork()
    {
        _subject.EndFork();
        _oracle.EndFork();
    }

    /// <inheritdoc/>
    public bool PartFromParent() => _subject.PartFromParent() | _oracle.PartFromParent();

    /// <inheritdoc/>
    public void Print(TranslatedBlock* block, TextWriter writer) => _subject.Print(block, writer);

    /// <inheritdoc/>
    public ulong PcOf(VCpuState* state) => _subject.PcOf(state);

    /// <inheritdoc/>
    public (nint Plugin, Exception Exception) TakeFailure() => _subject.TakeFailure();

    /// <summary>Frees both backends. No vCPU may run any more.</summary>
    public void Dispose()
    {
        (_subject as IDisposable)?.Dispose();
        (_oracle as IDisposable)?.Dispose();
        _states.Dispose();
    }
}
