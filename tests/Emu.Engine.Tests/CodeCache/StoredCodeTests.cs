using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>Stores to pages that hold translated code, without an instruction fence.</summary>
public sealed class StoredCodeTests
{
    private const ulong Function = TestMachine.Code + 0x10000;
    private const int Rounds = 5000;

    private static readonly int A1 = TestMachine.Offset(XRegister.A1);

    [Test]
    public async Task A_store_that_changes_code_is_seen_by_the_next_call()
    {
        using var machine = Machine(static code =>
        {
            code.Add(XRegister.T0, XRegister.T0, XRegister.T1);
            code.Sw(XRegister.T0, XRegister.S1, 0);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Add(XRegister.A1, XRegister.A1, XRegister.A0);
        }, rounds: 200);
        await Assert.That(machine.Run().Register(A1)).IsEqualTo(200 * 201 / 2UL);
    }

    [Test]
    public async Task A_store_beside_code_costs_no_translation_each()
    {
        using var machine = Machine(static code =>
        {
            code.Sw(XRegister.T0, XRegister.S1, 1024);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Add(XRegister.A1, XRegister.A1, XRegister.A0);
        }, Rounds);
        machine.Memory.TryWrite(Function, InstructionEncoder.Addi(XRegister.A0, XRegister.Zero, 3));
        await Assert.That(machine.Run().Register(A1)).IsEqualTo(3UL * Rounds);
        await Assert.That(machine.Machine.Code.Translations).IsLessThan(100);
    }

    [Test]
    public async Task A_page_that_is_written_but_not_executed_again_is_written_at_full_speed()
    {
        using var machine = Machine(static code => code.Sw(XRegister.T0, XRegister.S1, 1024), Rounds, callFirst: true);
        machine.Run();
        // The blocks went after the first few hundred stores, and with them the slow way.
        await Assert.That(machine.Memory.IsWatched(Function)).IsFalse();
        await Assert.That(machine.Memory.PermissionsOf(Function)).IsEqualTo(PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute | PagePermissions.Mapped);
    }

    [Test]
    public async Task The_guests_view_of_rights_does_not_show_that_a_page_is_watched()
    {
        using var machine = Machine(static code => code.Jalr(XRegister.Ra, XRegister.S1, 0), rounds: 2);
        machine.Run();
        await Assert.That(machine.Memory.IsWatched(Function)).IsTrue();
        await Assert.That(machine.Memory.PermissionsOf(Function)).IsEqualTo(PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute | PagePermissions.Mapped);
        await Assert.That(machine.Memory.Allows(Function, GuestMemory.PageSize, PagePermissions.Write)).IsTrue();
    }

    [Test]
    public async Task What_the_emulator_writes_is_noticed_too()
    {
        using var machine = Machine(static code => code.Jalr(XRegister.Ra, XRegister.S1, 0), rounds: 2);
        machine.Run();
        var before = machine.Machine.Code.Translations;
        machine.Memory.TryWrite(Function, InstructionEncoder.Addi(XRegister.A0, XRegister.Zero, 9));
        await Assert.That(machine.Run().Register(TestMachine.Offset(XRegister.A0))).IsEqualTo(9UL);
        await Assert.That(machine.Machine.Code.Translations).IsEqualTo(before + 1);
    }

    /// <summary>The body so often, with s1 the address of a function <c>li a0, 0; ret</c>, t0 its first instruction, t1 what makes the number one more.</summary>
    private static TestMachine Machine(Action<Assembler> body, int rounds, bool callFirst = false)
    {
        var machine = new TestMachine(code =>
        {
            code.Lui(XRegister.S1, (int)Function);
            code.Number(XRegister.T0, (int)InstructionEncoder.Addi(XRegister.A0, XRegister.Zero, 0));
            code.Number(XRegister.T1, 1 << 20);
            if (callFirst)
                code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Repeat(rounds, () => body(code));
            code.Exit();
        });
        machine.Load(Function, static code =>
        {
            code.Addi(XRegister.A0, XRegister.Zero, 0);
            code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        });
        return machine;
    }
}
