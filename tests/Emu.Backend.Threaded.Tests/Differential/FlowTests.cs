using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Every way in which a block can end.</summary>
public sealed class FlowTests : IDisposable
{
    private static readonly ulong[] Values = [0, 1, 2, ulong.MaxValue, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000];

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Test]
    [Arguments(IrCondition.Equal)]
    [Arguments(IrCondition.NotEqual)]
    [Arguments(IrCondition.LessSigned)]
    [Arguments(IrCondition.GreaterEqualSigned)]
    [Arguments(IrCondition.LessUnsigned)]
    [Arguments(IrCondition.GreaterEqualUnsigned)]
    public void A_branch_compares_registers_temporaries_constants_and_zeros_on_both_sides(IrCondition condition)
    {
        foreach (var aKind in Operands.Kinds)
            foreach (var bKind in Operands.Kinds)
                foreach (var a in Values)
                    foreach (var b in Values)
                    {
                        var start = new StartState();
                        var block = TestBlock.Of(ir => ir.Branch(
                            condition, ir.Operand(start, aKind, 5, a), ir.Operand(start, bKind, 6, b), TestBlock.Next));
                        _comparison.Check(block, start, $"{condition} {aKind} {a} {bKind} {b}");
                    }
    }

    [Test]
    public void An_indirect_jump_goes_where_its_operand_says()
    {
        foreach (var kind in Operands.Kinds)
            foreach (var target in new ulong[] { 0, TestBlock.Next, 0x3FFFFFFFFE, ulong.MaxValue - 1 })
            {
                var start = new StartState();
                var block = TestBlock.Of(ir => ir.JumpIndirect(ir.Operand(start, kind, 5, target)));
                _comparison.Check(block, start, $"{kind} {target}");
            }
    }

    [Test]
    public void Traps_carry_their_value_and_the_address_of_their_instruction()
    {
        foreach (var trap in Enum.GetValues<IrTrap>())
            foreach (var kind in Operands.Kinds)
            {
                var start = new StartState();
                var block = TestBlock.Of(ir => ir.Mov(ir.Constant(1UL)), ir => ir.Trap(ir.Operand(start, kind, 5, 0xABCD), (long)trap));
                _comparison.Check(block, start, $"{trap} {kind}");
            }
    }

    [Test]
    public void System_calls_and_exits_say_where_to_go_on()
    {
        _comparison.Check(TestBlock.Of(ir => ir.Syscall((long)TestBlock.Pc + 4)), new StartState(), "syscall");
        foreach (var exit in Enum.GetValues<IrExit>())
            _comparison.Check(TestBlock.Of(ir => ir.Exit((long)TestBlock.Pc + 4, (IrFlags)exit)), new StartState(), $"{exit}");
    }
}
