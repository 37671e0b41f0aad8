using System.Text;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;
using Emu.Plugins;

namespace Emu.Engine.Contracts;

/// <summary>
/// A guest architecture: how its instructions read and what they mean in IR. One instance serves all vCPUs of a machine; methods are
/// thread-safe and keep no state of a translation.
/// </summary>
public unsafe interface IGuest
{
    /// <summary>The name in QEMU's spelling, such as <c>riscv64</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of a vCPU's state block, header included: the backend's spill area begins there.</summary>
    int StateSize { get; }

    /// <summary>The registers that plugins and debug output see, in the architecture's order.</summary>
    IReadOnlyList<GuestRegister> Registers { get; }

    /// <summary>What debuggers are told of the architecture.</summary>
    TargetDescription Target { get; }

    /// <summary>What programs use most: a backend may keep these in host registers.</summary>
    HotRegisters HotRegisters { get; }

    /// <summary>The instruction classes of the guest's tables, with a description of each: what <see cref="Describe"/> may name.</summary>
    IReadOnlyList<(string Name, string Summary)> Classes { get; }

    /// <summary>The names of all instructions, as their manual writes them: what <see cref="Describe"/> may name.</summary>
    IReadOnlyList<string> Mnemonics { get; }

    /// <summary>The extensions that programs may use, in the order of the operating system's ISA string.</summary>
    IReadOnlyList<GuestExtension> Extensions => [];

    /// <summary>Where the operating system finds arguments and puts results.</summary>
    GuestAbi Abi { get; }

    /// <summary>
    /// Translates the instructions from <c>ir.Block.Pc</c> on until the block ends (control transfer, system instruction, instruction fence, end
    /// of the page, limit) and appends its terminal; sets the block's end address and instruction count. A first instruction that
    /// cannot be fetched or decoded becomes a <see cref="IrOp.Trap"/>; a later one ends the block before it.
    /// </summary>
    /// <remarks>With <paramref name="mayChoose"/> a branch over one simple instruction may become a choice between its result and the old value, in the middle of the block.</remarks>
    /// <remarks>With a <paramref name="guide"/> it becomes a trace, which goes on over jumps and branches where the guest usually does.</remarks>
    void Translate(IrBuilder ir, GuestMemory memory, int maxInstructions, bool mayChoose = false, TraceGuide? guide = null);

    /// <summary>Appends the text of the instruction at the start of <paramref name="bytes"/>, as binutils prints it, and returns its length in bytes.</summary>
    int Disassemble(ulong pc, ReadOnlySpan<byte> bytes, StringBuilder text);

    /// <summary>What plugins may ask about the instruction at the start of <paramref name="bytes"/>.</summary>
    InstructionDescription Describe(ulong pc, ReadOnlySpan<byte> bytes);

    /// <summary>Where the instruction at the start of <paramref name="bytes"/> may send the program, and where to if that stands in it.</summary>
    (ControlFlow Flow, ulong? Target) ControlFlowOf(ulong pc, ReadOnlySpan<byte> bytes);

    /// <summary>The places in <see cref="Registers"/> of those that the instruction at the start of <paramref name="bytes"/> names to read, or to write.</summary>
    int[] RegistersOf(ReadOnlySpan<byte> bytes, bool written);

    /// <summary>What the instruction at the start of <paramref name="bytes"/>, if it does nothing else, tells of regions of interest.</summary>
    RegionMark MarkOf(ReadOnlySpan<byte> bytes) => RegionMark.None;

    /// <summary>Puts the guest part of a zeroed state block into its state after reset.</summary>
    void Reset(VCpuState* state);
}

/// <summary>The registers that programs use most, by byte offset in the state block, the most used first.</summary>
/// <param name="Integers">Those that hold integers and addresses.</param>
/// <param name="Floats">Those that hold floating-point values.</param>
public sealed record HotRegisters(int[] Integers, int[] Floats);

/// <summary>The calling convention between a program and its operating system, as byte offsets in the state block.</summary>
/// <param name="Number">The system call number.</param>
/// <param name="Arguments">The six arguments.</param>
/// <param name="Result">The result.</param>
/// <param name="StackPointer">The stack pointer.</param>
/// <param name="ThreadPointer">The thread pointer.</param>
public sealed record GuestAbi(int Number, int[] Arguments, int Result, int StackPointer, int ThreadPointer);

/// <summary>What plugins may ask about an instruction.</summary>
/// <param name="Opcode">Name of the table row, such as <c>addi</c>.</param>
/// <param name="Class">Instruction class of the table row, such as <c>alu</c>.</param>
/// <param name="ClassSummary">The class in words, for reports.</param>
/// <param name="Extension">The extension of the instruction set that brings it; empty for bytes that are no instruction.</param>
/// <param name="Length">Bytes; 0 if the bytes are no instruction.</param>
public readonly record struct InstructionDescription(string Opcode, string Class, string ClassSummary, string Extension, int Length);
