using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// A run of guest instructions that is entered only at its first: what <see cref="IOnTranslate"/> is shown. A handle that lives only during that call;
/// the compiler refuses to keep it.
/// </summary>
/// <remarks>
/// At the block's entry its own callbacks and inline operations run first, then those of its first instruction; at each of these points
/// they run in the order in which they were asked for, plugin after plugin in the order of the command line.
/// </remarks>
public readonly ref struct TranslationBlock
{
    private readonly ITranslationAccess _access;

    internal TranslationBlock(ITranslationAccess access) => _access = access;

    /// <summary>Guest address of the first instruction.</summary>
    public ulong Address => _access.AddressOf(0);

    /// <summary>Number of instructions, at least 1.</summary>
    public int InstructionCount => _access.InstructionCount;

    /// <summary>The block's length in bytes.</summary>
    public int Size
    {
        get
        {
            var last = InstructionCount - 1;
            return (int)(_access.AddressOf(last) - Address) + _access.SizeOf(last);
        }
    }

    /// <summary>The instruction with that number, in the order of execution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instruction.</exception>
    public Instruction this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, InstructionCount);
            return new(_access, index);
        }
    }

    /// <summary>Enumerates the instructions in the order of execution.</summary>
    public Enumerator GetEnumerator() => new(_access);

    /// <summary>Calls <typeparamref name="TCallback"/> each time the block is entered, before its first instruction.</summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="ExecCallbackAttribute"/>.</typeparam>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnExecute<TCallback>(nint userData = 0)
        where TCallback : struct, IExecCallback =>
        _access.Request(HookRequest.Exec<TCallback>(HookRequest.Block, userData));

    /// <summary>As <see cref="OnExecute{TCallback}"/>, but only when the vCPU's <paramref name="entry"/> compares so with <paramref name="immediate"/>.</summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="ExecCallbackAttribute"/>.</typeparam>
    /// <param name="condition">The comparison, unsigned.</param>
    /// <param name="entry">The left side.</param>
    /// <param name="immediate">The right side.</param>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnExecuteIf<TCallback>(Condition condition, ScoreboardEntry entry, ulong immediate, nint userData = 0)
        where TCallback : struct, IExecCallback =>
        _access.Request(HookRequest.ExecIf<TCallback>(HookRequest.Block, condition, entry, immediate, userData));

    /// <summary>Adds <paramref name="amount"/>, modulo 2^64, to the vCPU's <paramref name="entry"/> each time the block is entered; no call is made.</summary>
    public void AddOnExecute(ScoreboardEntry entry, ulong amount) => _access.Request(HookRequest.Add(HookRequest.Block, entry, amount));

    /// <summary>Stores <paramref name="value"/> in the vCPU's <paramref name="entry"/> each time the block is entered; no call is made.</summary>
    public void StoreOnExecute(ScoreboardEntry entry, ulong value) => _access.Request(HookRequest.Store(HookRequest.Block, entry, value));

    /// <summary>Adds a record to a trace each time the block is entered; no call is made. <see cref="TraceValue.ProgramCounter"/> is the block's address.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="userData">What <see cref="TraceValue.UserData"/> is.</param>
    public void AppendOnExecute(TraceBuffer trace, nint userData = 0) => _access.Request(HookRequest.Append(HookRequest.Block, trace, userData));

    /// <summary>Steps through the instructions of a block.</summary>
    public ref struct Enumerator
    {
        private readonly ITranslationAccess _access;
        private int _index = -1;

        internal Enumerator(ITranslationAccess access) => _access = access;

        /// <summary>The instruction that was come to.</summary>
        public readonly Instruction Current => new(_access, _index);

        /// <summary>Goes to the next instruction; false after the last.</summary>
        public bool MoveNext() => ++_index < _access.InstructionCount;
    }
}
