using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>The guest does not notice callbacks that are called, whatever they leave in the host registers.</summary>
public class CalledBodyTests
{
    private const int Words = 40;
    private const uint RoundDown = 2;

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task The_guests_registers_flags_and_rounding_mode_are_as_without(string backend)
    {
        var (alone, _) = Run(backend, null);
        var plain = new Plain();
        var (watched, executed) = Run(backend, plain);
        await Assert.That(watched).IsEqualTo(alone);
        await Assert.That(plain.Executed).IsEqualTo(executed);
        await Assert.That(plain.Bytes).IsEqualTo(8UL * (31 + 16 + 1));
    }

    /// <summary>What the program leaves in memory: all registers, and the floating-point flags, after inexact sums that are rounded down.</summary>
    private static (string Memory, ulong Instructions) Run(string name, Plain? plugin)
    {
        Func<RiscVGuest, GuestMemory, IBackend>? backend = name == "x64" ? (guest, memory) => new X64Backend(guest, memory) : null;
        var instructions = 0UL;
        using var machine = new TestMachine(code => instructions = Assemble(code), backend: backend);
        if (plugin is not null)
            machine.Install(plugin);
        machine.Run(static vcpu =>
        {
            for (var number = 9; number < 32; number++)
                vcpu.Register(RiscVState.OffsetOf((XRegister)number)) = 0x0123456789ABCDEF * (ulong)number;
        });
        var words = new List<ulong>();
        for (var word = 0UL; word < 2 * Words; word++)
            words.Add(machine.Memory.TryRead(TestMachine.Data + 8 * word, out ulong value) ? value : throw new InvalidOperationException("the data cannot be read"));
        return (string.Join(' ', words), instructions);
    }

    private static ulong Assemble(Assembler code)
    {
        var count = 0UL;
        code.Csrrwi(XRegister.Zero, 2, RoundDown);
        code.Addi(XRegister.T0, XRegister.Zero, 3);
        for (var number = 0; number < 16; number++)
            code.FcvtDL((FRegister)(number + 8), (XRegister)(number + 9), 7);
        for (var number = 0; number < 16; number++)
            code.FdivD((FRegister)(number + 8), (FRegister)(number + 8), (FRegister)((number + 3) % 16 + 8), 7);
        code.Csrrs(XRegister.T1, 3, XRegister.Zero);
        count += 2 + 16 + 16 + 1;
        for (var number = 1; number < 32; number++)
            code.Sd((XRegister)number, XRegister.S0, 8 * number);
        for (var number = 0; number < 16; number++)
            code.Fsd((FRegister)(number + 8), XRegister.S0, 8 * (Words + number));
        code.Ld(XRegister.T1, XRegister.S0, 0);
        return count + 31 + 16 + 1 + 2;
    }
}
