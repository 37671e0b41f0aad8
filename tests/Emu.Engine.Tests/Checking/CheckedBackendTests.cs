using System.Collections.Concurrent;
using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine.Checking;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Engine.Tests.Checking;

/// <summary>Backends that are compared block by block: a wrong op is found where it is and named, and nothing is told of right ones.</summary>
public sealed class CheckedBackendTests
{
    private const ulong Shared = 0x8000000;

    private readonly ConcurrentQueue<BackendDifference> _differences = new();
    private CheckedBackend _checked = null!;

    public static IEnumerable<string> Subjects() => ["x64", "threaded"];

    [Test]
    [MethodDataSource(nameof(Subjects))]
    public async Task A_wrong_result_is_named_by_its_register(string subject)
    {
        Run(subject, IrOp.Xor, IrOp.Or, code =>
        {
            code.Sd(XRegister.S0, XRegister.S0, 0);
            code.Ld(XRegister.A1, XRegister.S0, 0);
            code.Xor(XRegister.A0, XRegister.S0, XRegister.A1);
        });
        await Assert.That(_differences.First()).IsEqualTo(new BackendDifference(TestMachine.Code, false, "a0", "0x0", "0x4000000") { Oracle = "threaded", Subject = subject });
        await Assert.That(_differences.First().ToString()).IsEqualTo($"the backends differ in the block at 0x10000: a0 is 0x0 by threaded and 0x4000000 by {subject}");
    }

    [Test]
    [MethodDataSource(nameof(Subjects))]
    public async Task A_wrong_store_is_named_by_its_address(string subject)
    {
        Run(subject, IrOp.AtomicAdd, IrOp.AtomicOr, code =>
        {
            code.Addi(XRegister.A1, XRegister.Zero, 1);
            code.Sd(XRegister.A1, XRegister.S0, 8);
            code.Addi(XRegister.A2, XRegister.S0, 8);
            code.AmoaddD(XRegister.Zero, XRegister.A2, XRegister.A1, order: 0);
        });
        var first = _differences.First();
        await Assert.That((first.Pc, first.What, first.Expected, first.Found)).IsEqualTo((TestMachine.Code, "the byte at 0x4000008", "0x2", "0x1"));
    }

    [Test]
    [MethodDataSource(nameof(Subjects))]
    public async Task A_wrong_way_on_is_named(string subject)
    {
        Run(subject, IrOp.SetLessSigned, IrOp.SetLessUnsigned, code =>
        {
            var (over, end) = (new Label(), new Label());
            code.Addi(XRegister.A1, XRegister.Zero, 1);
            code.Jal(XRegister.Zero, over);
            code.Place(over);
            code.Sub(XRegister.A2, XRegister.Zero, XRegister.S0);
            code.Slt(XRegister.A3, XRegister.A2, XRegister.A1);
            code.Add(XRegister.A4, XRegister.A3, XRegister.A3);
            code.Beq(XRegister.A4, XRegister.Zero, end);
            code.Sd(XRegister.A1, XRegister.S0, 0);
            code.Place(end);
        });
        var first = _differences.First();
        await Assert.That((first.Pc, first.What)).IsEqualTo((TestMachine.Code + 8, "pc"));
    }

    [Test]
    public async Task A_wrong_op_in_a_trace_is_named_with_the_trace()
    {
        Run("x64", IrOp.Xor, IrOp.Or, Loop, onlyTraces: true);
        await Assert.That(_differences.First()).IsEqualTo(
            new BackendDifference(_differences.First().Pc, true, "a0", _differences.First().Expected, _differences.First().Found) { Oracle = "threaded", Subject = "x64" });
        await Assert.That(_differences.First().ToString()).StartsWith("the backends differ in the trace at 0x100");
    }

    [Test]
    public async Task Right_backends_do_not_differ()
    {
        Run("x64", IrOp.Xor, IrOp.Xor, Loop);
        await Assert.That(_differences).IsEmpty();
        await Assert.That(_checked.Compared).IsGreaterThan(4096);
    }

    [Test]
    public async Task A_clock_and_shared_memory_are_used_once()
    {
        using var machine = NewMachine("x64", IrOp.Xor, IrOp.Xor, code =>
        {
            code.Lui(XRegister.S1, (int)Shared);
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Repeat(3, () => code.AmoaddD(XRegister.Zero, XRegister.S1, XRegister.T0, order: 0));
            code.Csrrs(XRegister.A2, 0xC01, XRegister.Zero);
            code.Exit();
        });
        TestMachine.Done(machine.Memory.Map(
            new MapRequest { Address = Shared, Length = GuestMemory.PageSize, Permissions = PagePermissions.Read | PagePermissions.Write, Placement = MapPlacement.Fixed, IsShared = true }, out _));
        var vcpu = machine.Run();
        await Assert.That(_differences).IsEmpty();
        await Assert.That(machine.Memory.TryRead(Shared, out ulong count)).IsTrue();
        await Assert.That(count).IsEqualTo(3UL);
        await Assert.That(vcpu.Register(TestMachine.Offset(XRegister.A2))).IsNotEqualTo(0UL);
    }

    [Test]
    public async Task Faults_are_compared_and_happen_once()
    {
        using var machine = NewMachine("x64", IrOp.Xor, IrOp.Xor, code =>
        {
            code.Addi(XRegister.A0, XRegister.A0, 1);
            code.Sd(XRegister.A0, XRegister.S0, 0);
            code.Sd(XRegister.A0, XRegister.Zero, 16);
        });
        var vcpu = machine.Run();
        await Assert.That(_differences).IsEmpty();
        await Assert.That(vcpu.Register(TestMachine.Offset(XRegister.A0))).IsEqualTo(1UL);
        await Assert.That(machine.System.Faults.Single().Fault.Address).IsEqualTo(16UL);
        await Assert.That(machine.System.Faults.Single().Pc).IsEqualTo(TestMachine.Code + 8);
    }

    private static void Loop(Assembler code) => code.Repeat(10_000, () =>
    {
        code.Ld(XRegister.A1, XRegister.S0, 0);
        code.Addi(XRegister.A1, XRegister.A1, 3);
        code.Sd(XRegister.A1, XRegister.S0, 0);
        code.Xor(XRegister.A0, XRegister.A1, XRegister.T6);
    });

    private void Run(string subject, IrOp right, IrOp wrong, Action<Assembler> program, bool onlyTraces = false)
    {
        using var machine = NewMachine(subject, right, wrong, code =>
        {
            program(code);
            code.Exit();
        }, onlyTraces);
        machine.Run();
    }

    private TestMachine NewMachine(string subject, IrOp right, IrOp wrong, Action<Assembler> program, bool onlyTraces = false) =>
        new(program, make: memory =>
        {
            var guest = new RiscVGuest();
            IBackend inner = subject == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(RiscVState.Size);
            return _checked = new CheckedBackend(guest, memory, new SeededBackend(inner, right, wrong, onlyTraces), new ThreadedBackend(RiscVState.Size), _differences.Enqueue);
        });
}
