using System.Runtime.InteropServices;
using Emu.Ir.Reference;

namespace Emu.Ir.Tests.Interpreter;

public class ReferenceInterpreterTests
{
    private const ulong Base = 0x20000;

    private readonly ReferenceState _state = new(1024, StateLayout.Default);
    private readonly ReferenceMemory _memory = new(Base, 4096) { WritableSize = 2048 };
    private readonly HookLog _log = new();

    [Test]
    public async Task LoadsExtendAsTheySay()
    {
        _memory.TryWrite(Base + 8, 4, 0x80000001, out _);
        SetA(1, Base);
        Run("a2 = Load.4 [a1 + 0x8]\na3 = Load.4.s [a1 + 0x8]\na4 = Load.1 [a1 + 0xb]\na5 = Load.1.s [a1 + 0xb]");
        await Assert.That((A(2), A(3), A(4), A(5))).IsEqualTo((0x80000001UL, 0xFFFFFFFF80000001UL, 0x80UL, 0xFFFFFFFFFFFFFF80UL));
    }

    [Test]
    public async Task AStoreWritesTheLowBytes()
    {
        _memory.Bytes.AsSpan().Fill(0xFF);
        SetA(1, Base + 5);
        Run("Store.2 [a1 - 0x1], 0x123456");
        await Assert.That(Convert.ToHexString(_memory.Bytes, 3, 4)).IsEqualTo("FF5634FF");
    }

    [Test]
    [Arguments("a2 = Load.8 [0x1fffc]", BlockEndKind.ReadFault, 0x1fffcUL)]
    [Arguments("a2 = Load.8 [0x20ffc]", BlockEndKind.ReadFault, 0x21000UL)]
    [Arguments("Store.8 [0x207fc], 0x0", BlockEndKind.WriteFault, 0x20800UL)]
    [Arguments("a2 = AtomicAdd.8 0x20800, 0x1", BlockEndKind.WriteFault, 0x20800UL)]
    [Arguments("a2 = AtomicAdd.8 0x20004, 0x1", BlockEndKind.Misaligned, 0x20004UL)]
    [Arguments("a2 = LoadReserved.4 0x20002", BlockEndKind.Misaligned, 0x20002UL)]
    [Arguments("a2 = StoreConditional.4 0x20002, a1", BlockEndKind.Misaligned, 0x20002UL)]
    public async Task AnAccessThatFailsEndsTheBlockAndWritesNothing(string access, BlockEndKind kind, ulong address)
    {
        SetA(2, 77);
        await Assert.That(Run(access + "\na2 = Mov 0x5")).IsEqualTo(new BlockEnd(kind, 0x1000, address));
        await Assert.That(A(2)).IsEqualTo(77UL);
        await Assert.That(_memory.Bytes.All(static written => written == 0)).IsTrue();
    }

    [Test]
    [Arguments("Swap", 0x80000000, 5, 5)]
    [Arguments("Add", 0xFFFFFFFF, 2, 1)]
    [Arguments("And", 0xFF00FF00, 0x0FF00FF0, 0x0F000F00)]
    [Arguments("Or", 0xFF00FF00, 0x00FF0000, 0xFFFFFF00)]
    [Arguments("Xor", 0xFF00FF00, 0xFFFFFFFF, 0x00FF00FF)]
    [Arguments("MinSigned", 0x80000000, 1, 0x80000000)]
    [Arguments("MaxSigned", 0x80000000, 1, 1)]
    [Arguments("MinUnsigned", 0x80000000, 1, 1)]
    [Arguments("MaxUnsigned", 0x80000000, 1, 0x80000000)]
    public async Task AtomicOpsOf32BitsWork(string op, uint old, uint operand, uint expected)
    {
        _memory.TryWrite(Base, 8, 0xAAAAAAAA00000000 | old, out _);
        SetA(1, 0x1234567800000000UL | operand);
        Run($"a2 = Atomic{op}.4 0x20000, a1");
        await Assert.That(_memory.TryRead(Base, 8, out var now, out _)).IsTrue();
        await Assert.That((now, A(2))).IsEqualTo((0xAAAAAAAA00000000 | expected, (ulong)(int)old));
    }

    [Test]
    public async Task AStoreConditionalNeedsItsReservation()
    {
        _memory.TryWrite(Base, 8, 7, out _);
        Run(
            """
            a0 = StoreConditional.8 0x20000, 0x1
            a1 = LoadReserved.8 0x20000
            a2 = StoreConditional.8 0x20008, 0x2
            a3 = StoreConditional.8 0x20000, 0x3
            a4 = LoadReserved.8 0x20000
            a5 = StoreConditional.8 0x20000, 0x4
            a6 = LoadReserved.8 0x20000
            Store.8 [0x20000], 0x9
            a7 = StoreConditional.8 0x20000, 0x5
            """);
        await Assert.That(string.Join(' ', Enumerable.Range(0, 8).Select(A))).IsEqualTo("1 7 1 1 7 0 4 1");
        await Assert.That(_memory.Bytes[0]).IsEqualTo((byte)9);
    }

    [Test]
    [Arguments("Branch.lt a1, a2, 0x3000", BlockEndKind.Jump, 0x3000UL, 0UL, 0)]
    [Arguments("Branch.ltu a1, a2, 0x3000", BlockEndKind.Jump, 0x1004UL, 0UL, 0)]
    [Arguments("JumpIndirect a2", BlockEndKind.Jump, 5UL, 0UL, 0)]
    [Arguments("Syscall 0x1004", BlockEndKind.Syscall, 0x1004UL, 0UL, 0)]
    [Arguments("Trap a2, Breakpoint", BlockEndKind.Trap, 0x1000UL, 5UL, (int)IrTrap.Breakpoint)]
    [Arguments("Exit.yield 0x1004", BlockEndKind.Exit, 0x1004UL, 0UL, (int)IrExit.Yield)]
    public async Task TerminalsSayHowToGoOn(string terminal, BlockEndKind kind, ulong pc, ulong value, int cause)
    {
        SetA(1, ulong.MaxValue);
        SetA(2, 5);
        await Assert.That(Run(terminal)).IsEqualTo(new BlockEnd(kind, pc, value, cause));
    }

    [Test]
    [Arguments(0, "exec 3 data=9", "memory 4 data=0")]
    [Arguments(1, "exec 3 data=9")]
    public async Task HooksAreCalledInOrderUnlessSkipped(ulong failed, params string[] expected)
    {
        SetA(1, failed);
        Run(
            """
            hook callback=0x3 data=0x9
            hook callback=0x4 displacement=0x8
            PluginExec #0
            SkipUnlessZero a1, 1
            PluginMem.8.store 0x20000, 0x55, #1
            """);
        await Assert.That(string.Join('\n', _log.Lines.Select(line => line[..line.IndexOf(" pc")]))).IsEqualTo(string.Join('\n', expected));
        await Assert.That(_log.Lines[^1].Contains($"Address = {Base + 8}, Value = 85, Size = 8, Flags = IsStore")).IsEqualTo(failed == 0);
    }

    [Test]
    public async Task ScoreboardsHaveAnEntryForEachVCpu()
    {
        var (scoreboard, entry) = Pinned(1, 2, 3, 4);
        var state = new ReferenceState(1024, StateLayout.Default) { VCpuIndex = 1 };
        var block = TestBlocks.Of(
            $"""
            hook entry={entry} stride=16 value=5
            hook entry={entry + 8} stride=16 value=7
            ScoreboardAdd #0
            ScoreboardStore #1
            """);
        new ReferenceInterpreter(state, _memory, _log).Run(block);
        await Assert.That(string.Join(' ', scoreboard)).IsEqualTo("1 2 8 7");
    }

    [Test]
    [Arguments("Equal", 5, true)]
    [Arguments("NotEqual", 5, false)]
    [Arguments("Less", 6, true)]
    [Arguments("Less", 5, false)]
    [Arguments("LessOrEqual", 5, true)]
    [Arguments("Greater", 5, false)]
    [Arguments("Greater", -1, false)]
    [Arguments("GreaterOrEqual", 5, true)]
    [Arguments("Always", 0, true)]
    public async Task ConditionsAreUnsigned(string condition, long immediate, bool isCalled)
    {
        var (scoreboard, entry) = Pinned(5);
        Run($"hook callback=1 entry={entry} value={immediate} if={condition}\nPluginCondExec #0");
        await Assert.That(_log.Lines.Count).IsEqualTo(isCalled ? 1 : 0);
        await Assert.That(scoreboard[0]).IsEqualTo(5UL);
    }

    /// <summary>A scoreboard that lies where the IR says for as long as it is used.</summary>
    private static (ulong[] Entries, nint Address) Pinned(params ReadOnlySpan<ulong> values)
    {
        var entries = GC.AllocateUninitializedArray<ulong>(values.Length, pinned: true);
        values.CopyTo(entries);
        return (entries, Marshal.UnsafeAddrOfPinnedArrayElement(entries, 0));
    }

    private BlockEnd Run(string body) => new ReferenceInterpreter(_state, _memory, _log).Run(TestBlocks.Of(body));

    private ulong A(int number) => _state[TestRegisters.Offset(number)];

    private void SetA(int number, ulong value) => _state[TestRegisters.Offset(number)] = value;
}
