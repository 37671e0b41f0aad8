namespace Emu.Ir;

/// <summary>
/// The IR of one translation block: an arena that is filled, rewritten and emptied again for the next block, so that
/// translating allocates nothing once the arena has grown. Owned by one thread.
/// </summary>
public sealed class IrBlock
{
    /// <summary>No block has more temporaries than this: it bounds what a text can ask for.</summary>
    public const int MaxTemps = 1 << 20;

    private IrInsn[] _insns = new IrInsn[256];
    private ulong[] _constants = new ulong[64];
    private IrHook[] _hooks = new IrHook[16];
    private EarlySum[] _early = new EarlySum[16];
    private int _earlyCount;
    private (ulong Start, ulong End)[] _stretches = new (ulong, ulong)[16];
    private int _stretchCount;

    /// <summary>Guest address of the first instruction.</summary>
    public ulong Pc { get; private set; }

    /// <summary>Guest address after the last instruction: where a branch that is not taken goes on.</summary>
    public ulong EndPc { get; set; }

    /// <summary>
    /// Guest address after the last byte that was looked at: beyond <see cref="EndPc"/> if the block is there because an instruction could not be fetched. The
    /// block is no longer good once one of the bytes up to here changes, or can be fetched.
    /// </summary>
    public ulong FetchEnd { get => Math.Max(field, EndPc); set; }

    /// <summary>
    /// True if the block follows the guest's usual way over jumps and branches, which it may leave in its middle, instead of its memory: guest instructions come in any order
    /// and more than once, and <see cref="EndPc"/> is only the end of the first of the <see cref="Stretches"/>.
    /// </summary>
    public bool IsTrace { get; set; }

    /// <summary>The trace has no guest instruction twice, and lists all its <see cref="Stretches"/>, so that an address tells a place in it. Others have no instrumentation.</summary>
    public bool HasEachOnce { get; set; }

    /// <summary>What the backend adds to the vCPU's count of entries at the block's start, whose overflow leaves the block; 0: entries are not counted.</summary>
    public uint EntryStep { get; set; }

    /// <summary>In a trace, where the backend enters the block whose place it takes, which stays as it is as long as the trace; 0 if it takes none's.</summary>
    public nint Untraced { get; set; }

    /// <summary>In a trace, the ranges of guest addresses behind the first that it was made of.</summary>
    public ReadOnlySpan<(ulong Start, ulong End)> Stretches => _stretches.AsSpan(0, _stretchCount);

    /// <summary>Number of guest instructions.</summary>
    public int InstructionCount { get; set; }

    /// <summary>Number of IR instructions.</summary>
    public int Count { get; private set; }

    /// <summary>Number of temporaries; they are 0 to TempCount - 1.</summary>
    public int TempCount { get; private set; }

    /// <summary>Number of constants in use.</summary>
    public int ConstantCount { get; private set; }

    /// <summary>Number of hooks in use.</summary>
    public int HookCount { get; private set; }

    /// <summary>The instructions, in order. Invalid after the next <see cref="Append"/>.</summary>
    public Span<IrInsn> Insns => _insns.AsSpan(0, Count);

    /// <summary>The constants that <see cref="IrValueKind.Constant"/> values index.</summary>
    public ReadOnlySpan<ulong> Constants => _constants.AsSpan(0, ConstantCount);

    /// <summary>What the instrumentation ops index with <see cref="IrInsn.Imm"/>.</summary>
    public ReadOnlySpan<IrHook> Hooks => _hooks.AsSpan(0, HookCount);

    /// <summary>What has to be taken back if the block is left in its middle.</summary>
    public ReadOnlySpan<EarlySum> Early => _early.AsSpan(0, _earlyCount);

    /// <summary>Empties the arena for a block at <paramref name="pc"/>.</summary>
    public void Reset(ulong pc)
    {
        Pc = pc;
        EndPc = FetchEnd = pc;
        InstructionCount = Count = TempCount = ConstantCount = HookCount = _earlyCount = _stretchCount = 0;
        (IsTrace, HasEachOnce, EntryStep, Untraced) = (false, false, 0, 0);
    }

    /// <summary>Empties the arena but keeps temporaries, constants and hooks, so that a rewriter can append to it what it took from <paramref name="source"/>.</summary>
    public void ResetFrom(IrBlock source)
    {
        Reset(source.Pc);
        (EndPc, FetchEnd) = (source.EndPc, source.FetchEnd);
        InstructionCount = source.InstructionCount;
        (IsTrace, HasEachOnce, EntryStep) = (source.IsTrace, source.HasEachOnce, source.EntryStep);
        foreach (var (start, end) in source.Stretches)
            AddStretch(start, end);
        TempCount = source.TempCount;
        foreach (var constant in source.Constants)
            AddConstant(constant);
        foreach (ref readonly var hook in source.Hooks)
            AddHook(hook);
    }

    /// <summary>Appends an instruction and returns it; the reference is invalid after the next call.</summary>
    public ref IrInsn Append(IrOp op)
    {
        if (Count == _insns.Length)
            Array.Resize(ref _insns, Count * 2);
        ref var insn = ref _insns[Count++];
        insn = default;
        insn.Op = op;
        return ref insn;
    }

    /// <summary>Puts another instruction in the place of the one at <paramref name="index"/>.</summary>
    public void Replace(int index, in IrInsn insn)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        _insns[index] = insn;
    }

    /// <summary>Drops the instructions from <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count);
        Count = count;
    }

    /// <summary>The instruction at <paramref name="index"/>.</summary>
    internal ref IrInsn At(int index) => ref _insns[index];

    /// <summary>Drops the first <paramref name="count"/> instructions.</summary>
    internal void DropFront(int count)
    {
        Array.Copy(_insns, count, _insns, 0, Count - count);
        Count -= count;
    }

    /// <summary>A new temporary.</summary>
    public IrValue NewTemp() => IrValue.Temp(TempCount++);

    /// <summary>Makes the temporaries below <paramref name="count"/> exist.</summary>
    internal void ReserveTemps(int count) => TempCount = Math.Max(TempCount, count);

    /// <summary>Places a constant and returns its handle. Equal constants may get different handles.</summary>
    public IrValue AddConstant(ulong value)
    {
        if (ConstantCount == _constants.Length)
            Array.Resize(ref _constants, ConstantCount * 2);
        _constants[ConstantCount] = value;
        return IrValue.Constant(ConstantCount++);
    }

    /// <summary>The value of a constant operand.</summary>
    public ulong ConstantOf(IrValue value) => _constants[value.Index];

    /// <summary>Notes a range that a trace goes on with.</summary>
    public void AddStretch(ulong start, ulong end)
    {
        if (_stretchCount == _stretches.Length)
            Array.Resize(ref _stretches, _stretchCount * 2);
        _stretches[_stretchCount++] = (start, end);
    }

    /// <summary>
    /// How many bytes of instructions come before that at a guest address in the block: in a trace, which must have <see cref="HasEachOnce"/>, those of the stretches before its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The block has no instruction there.</exception>
    public ulong OffsetOf(ulong address)
    {
        if (address >= Pc && address < EndPc)
            return address - Pc;
        var before = EndPc - Pc;
        foreach (var (start, end) in Stretches)
        {
            if (address >= start && address < end)
                return before + address - start;
            before += end - start;
        }

        throw new ArgumentOutOfRangeException(nameof(address), $"the block at 0x{Pc:x} has no instruction at 0x{address:x}");
    }

    /// <summary>Notes what is added before its time.</summary>
    internal void AddEarly(in EarlySum sum)
    {
        if (_earlyCount == _early.Length)
            Array.Resize(ref _early, _earlyCount * 2);
        _early[_earlyCount++] = sum;
    }

    /// <summary>Moves an instruction to an earlier place.</summary>
    internal void Move(int from, int to)
    {
        var insn = _insns[from];
        Array.Copy(_insns, to, _insns, to + 1, from - to);
        _insns[to] = insn;
    }

    /// <summary>Places a hook and returns its index.</summary>
    public int AddHook(in IrHook hook)
    {
        if (HookCount == _hooks.Length)
            Array.Resize(ref _hooks, HookCount * 2);
        _hooks[HookCount] = hook;
        return HookCount++;
    }
}
