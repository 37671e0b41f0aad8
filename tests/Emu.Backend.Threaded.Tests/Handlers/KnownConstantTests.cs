using Emu.Backend.Tests.Differential;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>A constant operand that a register holds is read there; once the register may hold something else, the constant is put in place.</summary>
public sealed class KnownConstantTests : IDisposable
{
    private const int Holder = 5, Other = 6, Result = 7;
    private const ulong Constant = StartState.MemoryStart + 0x40;

    private readonly Comparison _comparison = new();
    private readonly ThreadedRun _plain = new(fuse: false);

    public void Dispose()
    {
        _comparison.Dispose();
        _plain.Dispose();
    }

    [Test]
    public async Task A_held_constant_takes_no_op() => await Check(takesOp: false, Hold(Constant), Compare(Constant));

    [Test]
    public async Task Any_held_constant_is_a_base() => await Check(takesOp: false, Hold(Constant + 0x1000), Load(Constant));

    [Test]
    public async Task Another_constant_takes_an_op() => await Check(takesOp: true, Hold(Constant + 1), Compare(Constant));

    [Test]
    public async Task An_overwritten_holder_holds_nothing()
    {
        await Check(takesOp: true, Hold(Constant), ir => ir.SetGlobal(Offset(Holder), ir.Add(ir.Global(Offset(Other)), ir.Constant(1UL))), Compare(Constant));
        await Check(takesOp: true, Hold(Constant), ir => ir.SetGlobal(Offset(Holder), ir.Global(Offset(Other))), Load(Constant));
    }

    [Test]
    public async Task A_called_helper_may_overwrite_the_holder() => await Check(
        takesOp: true, Hold(Constant), ir => ir.CallHelper(ir.Global(Offset(Other)), ir.Global(Offset(Other)), NoHelp), Compare(Constant));

    [Test]
    public async Task The_op_itself_may_overwrite_the_holder() => await Check(
        takesOp: false, Hold(Constant), ir => ir.SetGlobal(Offset(Holder), ir.Select(ir.Global(Offset(Other)), ir.Constant(Constant), ir.Global(Offset(Other)))));

    private static readonly unsafe int NoHelp = IrHelpers.Register("test_known_constants", &Sum);

    private static unsafe ulong Sum(void* state, ulong a, ulong b) => a + b;

    private static int Offset(int register) => TestBlock.Offset(register);

    private static Action<IrBuilder> Hold(ulong value) => ir => ir.SetGlobal(Offset(Holder), ir.Constant(value));

    private static Action<IrBuilder> Load(ulong address) => ir => ir.SetGlobal(Offset(Result), ir.Load(ir.Constant(address), 0, 8, default));

    private static Action<IrBuilder> Compare(ulong value) => ir => ir.SetGlobal(Offset(Result), ir.SetLessSigned(ir.Constant(value), ir.Global(Offset(Other))));

    private async Task Check(bool takesOp, params Action<IrBuilder>[] instructions)
    {
        var block = TestBlock.Of(instructions);
        var end = 2; // the jump and its way out
        _plain.Emit(block);
        await Assert.That(_plain.OpCount).IsEqualTo(instructions.Length + end + (takesOp ? 1 : 0));
        _comparison.Check(block, new StartState { [Offset(Other)] = 3 }, "a known constant");
    }
}
