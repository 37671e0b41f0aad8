using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Engine.Tests.Execution;

/// <summary>Translated code returns to the vCPU loop by itself: the runtime can stop a thread only there.</summary>
public sealed class ChainTests
{
    private const int Budget = 1 << 16;

    [Test]
    public async Task A_linked_loop_returns_when_its_budget_is_used_up() => await Check(Programs.CountForever);

    [Test]
    public async Task A_loop_over_indirect_jumps_returns_when_its_budget_is_used_up() => await Check(code =>
    {
        code.Auipc(XRegister.T0, 0);
        code.Addi(XRegister.A0, XRegister.A0, 1);
        code.Jalr(XRegister.Zero, XRegister.T0, 4);
    });

    private static async Task Check(Action<Assembler> loop)
    {
        CountingBackend? counting = null;
        using var machine = new TestMachine(loop, wrap: backend => counting = new CountingBackend(backend));
        machine.Start(1);
        TestMachine.Until(() => counting!.UsedUp >= 20, "chains end by themselves");
        machine.Stop();
        await Assert.That(counting!.Longest).IsBetween(2, Budget + 1);
    }

    /// <summary>Counts how often a chain goes through a loop that counts in a0.</summary>
    private sealed unsafe class CountingBackend(IBackend backend) : IBackend
    {
        private long _usedUp;
        private long _longest;

        /// <summary>Chains that ended because their budget was used up.</summary>
        public long UsedUp => Volatile.Read(ref _usedUp);

        /// <summary>Most turns of one chain.</summary>
        public long Longest => Volatile.Read(ref _longest);

        public string Name => backend.Name;

        public int MaxLoweredOps => backend.MaxLoweredOps;

        public int MaxCodeSize(IrBlock ir) => backend.MaxCodeSize(ir);

        public int Emit(IrBlock ir, TranslatedBlock* block) => backend.Emit(ir, block);

        public ExitReason Run(VCpuState* state, void* position)
        {
            var counter = (ulong*)((byte*)state + TestMachine.Offset(XRegister.A0));
            var before = *counter;
            var reason = backend.Run(state, position);
            _longest = Math.Max(_longest, (long)(*counter - before));
            if (reason == ExitReason.Budget)
                _usedUp++;
            return reason;
        }

        public void Link(void* site, TranslatedBlock* target) => backend.Link(site, target);

        public void Unlink(void* site) => backend.Unlink(site);

        public void Print(TranslatedBlock* block, TextWriter writer) => backend.Print(block, writer);

        public ulong PcOf(VCpuState* state) => backend.PcOf(state);

        public (nint Plugin, Exception Exception) TakeFailure() => backend.TakeFailure();
    }
}
