using Emu.Plugins;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Calls and returns as the return-address stack hints of the manual have them (Unpriv. ISA 2.5.1), and where jumps go as binutils prints it.</summary>
public class ControlFlowTests
{
    private const ulong Pc = 0x1_0000;

    [Test]
    [Arguments("13055000", ControlFlow.Next, 0UL)] // addi a0, zero, 5
    [Arguments("6308b500", ControlFlow.Branch, Pc + 16)] // beq a0, a1, .+16
    [Arguments("e31eb5fe", ControlFlow.Branch, Pc - 4)] // bne a0, a1, .-4
    [Arguments("11e1", ControlFlow.Branch, Pc + 4)] // c.bnez a0, .+4
    [Arguments("6f008000", ControlFlow.Jump, Pc + 8)] // j .+8
    [Arguments("ef008000", ControlFlow.Call, Pc + 8)] // jal ra, .+8
    [Arguments("ef028000", ControlFlow.Call, Pc + 8)] // jal t0, .+8
    [Arguments("6f058000", ControlFlow.Jump, Pc + 8)] // jal a0, .+8
    [Arguments("09a0", ControlFlow.Jump, Pc + 2)] // c.j .+2
    [Arguments("67800000", ControlFlow.Return, 0UL)] // ret
    [Arguments("8280", ControlFlow.Return, 0UL)] // c.jr ra
    [Arguments("67800200", ControlFlow.Return, 0UL)] // jr t0
    [Arguments("67000500", ControlFlow.IndirectJump, 0UL)] // jr a0
    [Arguments("0285", ControlFlow.IndirectJump, 0UL)] // c.jr a0
    [Arguments("e7000500", ControlFlow.IndirectCall, 0UL)] // jalr a0
    [Arguments("0295", ControlFlow.IndirectCall, 0UL)] // c.jalr a0
    [Arguments("e7800000", ControlFlow.IndirectCall, 0UL)] // jalr ra, ra
    [Arguments("e7800200", ControlFlow.ReturnAndCall, 0UL)] // jalr ra, t0
    [Arguments("73000000", ControlFlow.System, 0UL)] // ecall
    [Arguments("0290", ControlFlow.System, 0UL)] // c.ebreak
    [Arguments("0000", ControlFlow.Next, 0UL)] // no instruction: it traps
    public async Task E6_an_instruction_tells_where_it_may_go(string bytes, ControlFlow flow, ulong target)
    {
        ulong? expected = target == 0 ? null : target;
        await Assert.That(new RiscVGuest().ControlFlowOf(Pc, Convert.FromHexString(bytes))).IsEqualTo((flow, expected));
    }
}
