using Emu.Engine.Execution;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>One cache for all vCPUs: who translates first, and what happens when it is full.</summary>
public sealed class SharedCacheTests
{
    private const int Blocks = 500;

    /// <summary>Bytes that hold some of the blocks, not all.</summary>
    private const long SmallArena = 48 * 1024;

    private static readonly int A0 = TestMachine.Offset(XRegister.A0);

    [Test]
    public async Task Vcpus_that_translate_the_same_blocks_at_once_share_them()
    {
        using var alone = new TestMachine(code => ManyBlocks(code, rounds: 2));
        var expected = alone.Run().Register(A0);
        using var machine = new TestMachine(code => ManyBlocks(code, rounds: 2));
        var vcpus = machine.Start(8);
        machine.Join();
        foreach (var vcpu in vcpus)
            await Assert.That(vcpu.Register(A0)).IsEqualTo(expected);
        await Assert.That(machine.Machine.Code.Translations).IsEqualTo(alone.Machine.Code.Translations);
    }

    [Test]
    public async Task A_full_cache_is_flushed_and_used_again()
    {
        using var large = new TestMachine(code => ManyBlocks(code, rounds: 5));
        using var small = new TestMachine(code => ManyBlocks(code, rounds: 5), SmallArena);
        await Assert.That(small.Run().Register(A0)).IsEqualTo(large.Run().Register(A0));
        await Assert.That(large.Machine.Code.Flushes).IsEqualTo(0);
        await Assert.That(small.Machine.Code.Flushes).IsBetween(5, 1000);
        await Assert.That(small.Machine.Code.UsedBytes).IsBetween(1, SmallArena);
    }

    [Test]
    public async Task A_full_cache_is_flushed_while_several_vcpus_use_it()
    {
        using var alone = new TestMachine(code => ManyBlocks(code, rounds: 3));
        var expected = alone.Run().Register(A0);
        using var machine = new TestMachine(code => ManyBlocks(code, rounds: 3), SmallArena);
        var vcpus = machine.Start(4);
        machine.Join();
        foreach (var vcpu in vcpus)
            await Assert.That(vcpu.Register(A0)).IsEqualTo(expected);
        await Assert.That(machine.Machine.Code.Flushes > 0).IsTrue();
    }

    [Test]
    public async Task Linked_code_is_not_translated_again()
    {
        using var machine = new TestMachine(code =>
        {
            code.Repeat(100_000, () => code.Addi(XRegister.A0, XRegister.A0, 1));
            code.Exit();
        });
        await Assert.That(machine.Run().Register(A0)).IsEqualTo(100_000u);
        // The start with the first turn, the loop, the end.
        await Assert.That(machine.Machine.Code.Translations).IsEqualTo(3);
    }

    [Test]
    public async Task A_change_of_mask_and_a_flush_forget_the_jump_cache()
    {
        using var machine = new TestMachine(code => code.Exit());
        var vcpu = machine.Run();
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsTrue();
        vcpu.SetMask(Instrumentation.EventMask.Translation);
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsFalse();
        vcpu = machine.Run();
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsTrue();
        machine.Machine.FlushCode();
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsFalse();
        vcpu = machine.Run();
        machine.Machine.DropCode(TestMachine.Code + 0x10000, 1);
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsTrue();
        machine.Machine.DropCode(TestMachine.Code, 1);
        await Assert.That(Knows(vcpu, TestMachine.Code)).IsFalse();
    }

    private static unsafe bool Knows(VCpuContext vcpu, ulong pc) =>
        vcpu.State->JumpCache[Emu.Engine.CodeCache.JumpCacheEntry.IndexOf(pc)].Pc == pc;

    /// <summary>A chain of small blocks, gone through several times; a0 depends on all of them.</summary>
    private static void ManyBlocks(Assembler code, int rounds)
    {
        code.Addi(XRegister.S2, XRegister.Zero, rounds);
        var top = new Label();
        code.Place(top);
        for (var number = 0; number < Blocks; number++)
        {
            var next = new Label();
            code.Slli(XRegister.T0, XRegister.A0, 1);
            code.Srli(XRegister.T1, XRegister.A0, 3);
            code.Xor(XRegister.A0, XRegister.T0, XRegister.T1);
            code.Addi(XRegister.A0, XRegister.A0, number);
            code.Bgeu(XRegister.A0, XRegister.Zero, next);
            code.Addi(XRegister.A0, XRegister.A0, 1);
            code.Place(next);
        }

        code.Addi(XRegister.S2, XRegister.S2, -1);
        var done = new Label();
        code.Beq(XRegister.S2, XRegister.Zero, done);
        code.Jal(XRegister.Zero, top);
        code.Place(done);
        code.Exit();
    }
}
