using System.Buffers.Binary;
using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>One guest instruction of a <see cref="TranslationBlock"/>. A handle that lives only during <see cref="IOnTranslate.OnTranslate"/>.</summary>
public readonly ref struct Instruction
{
    private readonly ITranslationAccess _access;

    internal Instruction(ITranslationAccess access, int index)
    {
        _access = access;
        Index = index;
    }

    /// <summary>The instruction's number in its block, from 0.</summary>
    public int Index { get; }

    /// <summary>Guest address.</summary>
    public ulong Address => _access.AddressOf(Index);

    /// <summary>Length in bytes.</summary>
    public int Size => _access.SizeOf(Index);

    /// <summary>
    /// Where the instruction's bytes lie on the host; it names the code also where several guest addresses show the same memory. Not to be read through:
    /// <see cref="CopyBytes"/> is for that.
    /// </summary>
    public nint HostAddress => _access.HostAddressOf(Index);

    /// <summary>The instruction's bytes as a number, the first byte lowest; the first 8 of a longer instruction.</summary>
    public ulong Opcode
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            bytes.Clear();
            CopyBytes(bytes);
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }
    }

    /// <summary>The instruction's name in its manual, such as <c>c.addi</c>, or <c>unknown</c> for bytes that are no instruction.</summary>
    public string Mnemonic => _access.MnemonicOf(Index);

    /// <summary>The name of the instruction's class in the guest's instruction table, such as <c>alu</c>, <c>load</c> or <c>branch</c>.</summary>
    public string Class => _access.ClassOf(Index);

    /// <summary>The same class in words, for reports.</summary>
    public string ClassSummary => _access.ClassSummaryOf(Index);

    /// <summary>The extension of the instruction set that brings it, such as <c>i</c>, <c>c</c> or <c>zba</c>; empty for bytes that are no instruction.</summary>
    public string Extension => _access.ExtensionOf(Index);

    /// <summary>Where it may send the program.</summary>
    public ControlFlow ControlFlow => _access.ControlFlowOf(Index).Flow;

    /// <summary>Guest address that a branch, jump or call goes to if that stands in the instruction, or null.</summary>
    public ulong? Target => _access.ControlFlowOf(Index).Target;

    /// <summary>Guest address behind the instruction: where a branch goes that is not taken, and what a call returns to.</summary>
    public ulong FallThrough => Address + (ulong)Size;

    /// <summary>The registers that it names to read. Allocates.</summary>
    public IReadOnlyList<Register> Sources => _access.RegistersOf(Index, written: false);

    /// <summary>
    /// The registers that it names to write, also those of control and status; not the flags that floating-point instructions accumulate, nor what the operating system writes. Allocates.
    /// </summary>
    public IReadOnlyList<Register> Destinations => _access.RegistersOf(Index, written: true);

    /// <summary>The name of the function that the instruction lies in, if the program has symbols.</summary>
    public string? Symbol => _access.SymbolOf(Index);

    /// <summary>Copies the instruction's bytes in memory order, as many as fit.</summary>
    /// <returns>How many were copied: the smaller of <see cref="Size"/> and the length of <paramref name="destination"/>.</returns>
    public int CopyBytes(Span<byte> destination) => _access.CopyBytes(Index, destination);

    /// <summary>The instruction as assembly text, in the spelling of the guest's usual disassembler. Allocates: ask only for what is shown.</summary>
    public string Disassemble() => _access.Disassemble(Index);

    /// <summary>Calls <typeparamref name="TCallback"/> each time before the instruction is executed; the instruction may still fault.</summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="ExecCallbackAttribute"/>.</typeparam>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnExecute<TCallback>(nint userData = 0)
        where TCallback : struct, IExecCallback =>
        _access.Request(HookRequest.Exec<TCallback>(Index, userData));

    /// <summary>As <see cref="OnExecute{TCallback}"/>, but only when the vCPU's <paramref name="entry"/> compares so with <paramref name="immediate"/>.</summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="ExecCallbackAttribute"/>.</typeparam>
    /// <param name="condition">The comparison, unsigned.</param>
    /// <param name="entry">The left side.</param>
    /// <param name="immediate">The right side.</param>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnExecuteIf<TCallback>(Condition condition, ScoreboardEntry entry, ulong immediate, nint userData = 0)
        where TCallback : struct, IExecCallback =>
        _access.Request(HookRequest.ExecIf<TCallback>(Index, condition, entry, immediate, userData));

    /// <summary>Adds <paramref name="amount"/>, modulo 2^64, to the vCPU's <paramref name="entry"/> each time before the instruction is executed; no call is made.</summary>
    public void AddOnExecute(ScoreboardEntry entry, ulong amount) => _access.Request(HookRequest.Add(Index, entry, amount));

    /// <summary>Stores <paramref name="value"/> in the vCPU's <paramref name="entry"/> each time before the instruction is executed; no call is made.</summary>
    public void StoreOnExecute(ScoreboardEntry entry, ulong value) => _access.Request(HookRequest.Store(Index, entry, value));

    /// <summary>Adds a record to a trace each time before the instruction is executed; no call is made.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="userData">What <see cref="TraceValue.UserData"/> is.</param>
    public void AppendOnExecute(TraceBuffer trace, nint userData = 0) => _access.Request(HookRequest.Append(Index, trace, userData));

    /// <summary>
    /// Calls <typeparamref name="TCallback"/> each time after the instruction has completed, with the registers that it left; not if it faulted or trapped. A branch or jump has
    /// completed before the program goes on at its target; one that calls the operating system has before the call is made, which is seen to write its result by nobody but the next
    /// instruction.
    /// </summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="ExecCallbackAttribute"/>.</typeparam>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnComplete<TCallback>(nint userData = 0)
        where TCallback : struct, IExecCallback =>
        _access.Request(HookRequest.Exec<TCallback>(Index, userData).After());

    /// <summary>Adds <paramref name="amount"/>, modulo 2^64, to the vCPU's <paramref name="entry"/> each time after the instruction has completed, as <see cref="OnComplete{TCallback}"/> has it; no call is made.</summary>
    public void AddOnComplete(ScoreboardEntry entry, ulong amount) => _access.Request(HookRequest.Add(Index, entry, amount).After());

    /// <summary>Stores <paramref name="value"/> in the vCPU's <paramref name="entry"/> each time after the instruction has completed; no call is made.</summary>
    public void StoreOnComplete(ScoreboardEntry entry, ulong value) => _access.Request(HookRequest.Store(Index, entry, value).After());

    /// <summary>Adds a record to a trace each time after the instruction has completed, as <see cref="OnComplete{TCallback}"/> has it; no call is made.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="userData">What <see cref="TraceValue.UserData"/> is.</param>
    public void AppendOnComplete(TraceBuffer trace, nint userData = 0) => _access.Request(HookRequest.Append(Index, trace, userData).After());

    /// <summary>
    /// Calls <typeparamref name="TCallback"/> after each memory access of the instruction that succeeded. An atomic read-modify-write is a load and then a store; a
    /// store-conditional that failed is no access; a misaligned access is one access.
    /// </summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="MemoryCallbackAttribute"/>.</typeparam>
    /// <param name="kind">Loads, stores or both.</param>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnMemory<TCallback>(AccessKind kind, nint userData = 0)
        where TCallback : struct, IMemoryCallback =>
        _access.Request(HookRequest.Memory<TCallback>(Index, kind, userData));

    /// <summary>Adds <paramref name="amount"/>, modulo 2^64, to the vCPU's <paramref name="entry"/> after each such access; no call is made. Accesses: as for <see cref="OnMemory{TCallback}"/>.</summary>
    public void AddOnMemory(AccessKind kind, ScoreboardEntry entry, ulong amount) => _access.Request(HookRequest.MemoryAdd(Index, kind, entry, amount));

    /// <summary>Stores <paramref name="value"/> in the vCPU's <paramref name="entry"/> after each such access; no call is made. Accesses: as for <see cref="OnMemory{TCallback}"/>.</summary>
    public void StoreOnMemory(AccessKind kind, ScoreboardEntry entry, ulong value) => _access.Request(HookRequest.MemoryStore(Index, kind, entry, value));

    /// <summary>Adds a record to a trace after each such access; no call is made. Accesses: as for <see cref="OnMemory{TCallback}"/>.</summary>
    /// <param name="kind">Loads, stores or both.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="userData">What <see cref="TraceValue.UserData"/> is.</param>
    public void AppendOnMemory(AccessKind kind, TraceBuffer trace, nint userData = 0) => _access.Request(HookRequest.MemoryAppend(Index, kind, trace, userData));

    /// <summary>
    /// Calls <typeparamref name="TCallback"/> each time the program leaves the instruction that way: after the instruction has completed, before the program goes on. Instructions that
    /// <see cref="ControlFlow"/> calls <see cref="ControlFlow.Next"/> or <see cref="ControlFlow.System"/> have no edges; where a signal or the operating system sends the program is told by
    /// <see cref="IOnDiscontinuity"/>.
    /// </summary>
    /// <typeparam name="TCallback">The struct generated from a method with <see cref="EdgeCallbackAttribute"/>.</typeparam>
    /// <param name="kind">Which ways out.</param>
    /// <param name="userData">Handed to the callback unchanged.</param>
    public void OnEdge<TCallback>(EdgeKind kind, nint userData = 0)
        where TCallback : struct, IEdgeCallback =>
        _access.Request(HookRequest.Edge<TCallback>(Index, kind, userData));

    /// <summary>Adds <paramref name="amount"/>, modulo 2^64, to the vCPU's <paramref name="entry"/> each time the program leaves the instruction that way; no call is made. Edges: as for <see cref="OnEdge{TCallback}"/>.</summary>
    public void AddOnEdge(EdgeKind kind, ScoreboardEntry entry, ulong amount) => _access.Request(HookRequest.EdgeAdd(Index, kind, entry, amount));

    /// <summary>Stores <paramref name="value"/> in the vCPU's <paramref name="entry"/> each time the program leaves the instruction that way; no call is made. Edges: as for <see cref="OnEdge{TCallback}"/>.</summary>
    public void StoreOnEdge(EdgeKind kind, ScoreboardEntry entry, ulong value) => _access.Request(HookRequest.EdgeStore(Index, kind, entry, value));

    /// <summary>Adds a record to a trace each time the program leaves the instruction that way; no call is made. Edges: as for <see cref="OnEdge{TCallback}"/>.</summary>
    /// <param name="kind">Which ways out.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="userData">What <see cref="TraceValue.UserData"/> is.</param>
    public void AppendOnEdge(EdgeKind kind, TraceBuffer trace, nint userData = 0) => _access.Request(HookRequest.EdgeAppend(Index, kind, trace, userData));
}
