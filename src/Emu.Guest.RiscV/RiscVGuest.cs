using System.Text;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;
using Emu.Plugins;

namespace Emu.Guest.RiscV;

/// <summary>The RISC-V guest in user mode, with the extensions of a <see cref="CpuModel"/>.</summary>
public sealed unsafe class RiscVGuest(CpuModel cpu) : IGuest
{
    /// <summary>The guest with every extension that is implemented.</summary>
    public RiscVGuest()
        : this(CpuModel.Max)
    {
    }

    /// <inheritdoc/>
    public string Name => "riscv64";

    /// <inheritdoc/>
    public IReadOnlyList<GuestExtension> Extensions => cpu.Extensions;

    /// <inheritdoc/>
    public int StateSize => RiscVState.Size;

    /// <inheritdoc/>
    public IReadOnlyList<GuestRegister> Registers => RiscVRegisters.All;

    /// <inheritdoc/>
    public TargetDescription Target => RiscVRegisters.Target;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Summary)> Classes => InstructionClasses.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> Mnemonics => InstructionTables.Names;

    /// <inheritdoc/>
    /// <remarks>a7 is the number, a0 to a5 are arguments, a0 is the result: syscall(2).</remarks>
    public GuestAbi Abi { get; } = new(
        RiscVState.OffsetOf(XRegister.A7),
        Array.ConvertAll<XRegister, int>([XRegister.A0, XRegister.A1, XRegister.A2, XRegister.A3, XRegister.A4, XRegister.A5], RiscVState.OffsetOf),
        RiscVState.OffsetOf(XRegister.A0),
        RiscVState.OffsetOf(XRegister.Sp),
        RiscVState.OffsetOf(XRegister.Tp));

    /// <inheritdoc/>
    /// <remarks>Measured on compiled programs: arguments, stack, the first saved registers, what compilers take for scratch.</remarks>
    public HotRegisters HotRegisters { get; } = new(
        Array.ConvertAll<XRegister, int>(
            [
                XRegister.A5, XRegister.A4, XRegister.A0, XRegister.A3, XRegister.A1, XRegister.A2, XRegister.Sp, XRegister.S0, XRegister.S1, XRegister.A6, XRegister.T1,
                XRegister.A7, XRegister.Ra, XRegister.T3, XRegister.T4, XRegister.S2,
            ],
            RiscVState.OffsetOf),
        Array.ConvertAll<FRegister, int>(
            [
                FRegister.Fa5, FRegister.Fa4, FRegister.Fa0, FRegister.Fa3, FRegister.Fa1, FRegister.Fa2, FRegister.Fa6, FRegister.Fa7, FRegister.Ft0, FRegister.Ft1,
                FRegister.Ft2, FRegister.Fs0, FRegister.Ft3, FRegister.Ft4, FRegister.Fs1, FRegister.Ft5,
            ],
            RiscVState.OffsetOf));

    /// <inheritdoc/>
    public void Translate(IrBuilder ir, GuestMemory memory, int maxInstructions, bool mayChoose = false, TraceGuide? guide = null)
    {
        if (guide is null)
            BlockReader.Read(ir, memory, cpu, maxInstructions, mayChoose);
        else
            new TraceReader(ir, memory, cpu, guide).Read();
    }

    /// <inheritdoc/>
    public int Disassemble(ulong pc, ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        var instruction = Instruction.Decode(bytes, cpu);
        Disassembler.Append(text, instruction, pc);
        return instruction.Length;
    }

    /// <inheritdoc/>
    public InstructionDescription Describe(ulong pc, ReadOnlySpan<byte> bytes)
    {
        var instruction = Instruction.Decode(bytes, cpu);
        var length = instruction.Opcode == Opcode.Illegal ? 0 : instruction.Length;
        return new InstructionDescription(
            instruction.Name, InstructionClasses.NameOf(instruction.Class), InstructionClasses.SummaryOf(instruction.Class), instruction.Extension, length);
    }

    /// <inheritdoc/>
    public (ControlFlow Flow, ulong? Target) ControlFlowOf(ulong pc, ReadOnlySpan<byte> bytes) => ControlFlows.Of(Instruction.Decode(bytes, cpu), pc);

    /// <inheritdoc/>
    public RegionMark MarkOf(ReadOnlySpan<byte> bytes) => RegionHints.Of(bytes);

    /// <inheritdoc/>
    public int[] RegistersOf(ReadOnlySpan<byte> bytes, bool written) => RegisterOperands.Of(Instruction.Decode(bytes, cpu), written);

    /// <inheritdoc/>
    /// <remarks>All registers are zero, as Linux starts a program; so are rounding mode and flags.</remarks>
    public void Reset(VCpuState* state) => state->ReservationAddress = VCpuState.NoReservation;
}
