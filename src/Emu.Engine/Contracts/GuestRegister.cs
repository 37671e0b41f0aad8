using System.Buffers.Binary;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Contracts;

/// <summary>
/// A guest register: the one description of it that plugins, debuggers and debug output share. Find it once, by name or as a constant of the guest; reading it is then a load
/// from the state block, or a call for those few that are made of others.
/// </summary>
/// <param name="Name">Name in the assembler, such as <c>a0</c>.</param>
/// <param name="Offset">Byte offset in the vCPU state block, or -1 if it is computed.</param>
/// <param name="Size">Bytes: 4 or 8.</param>
/// <param name="Feature">Group, in the manner of GDB's target descriptions, such as <c>org.gnu.gdb.riscv.cpu</c>.</param>
public sealed unsafe record GuestRegister(string Name, int Offset, int Size, string Feature)
{
    /// <summary>GDB's number of the register.</summary>
    public required int Number { get; init; }

    /// <summary>What it holds, in GDB's words: <c>int</c>, <c>code_ptr</c>, <c>data_ptr</c>, or a type of <see cref="TargetDescription.Types"/>.</summary>
    public string Type { get; init; } = "int";

    /// <summary>For a computed register: the number in <see cref="IrHelpers"/> of the function that answers its value.</summary>
    public int Get { get; init; }

    /// <summary>For a computed register: the number of the function that sets it to its first argument.</summary>
    public int Set { get; init; }

    /// <summary>The bits that it has.</summary>
    public ulong Mask { get; init; } = ulong.MaxValue;

    /// <summary>True for a register that can be read but not set.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>True if the state block holds it.</summary>
    public bool IsStored => Offset >= 0;

    /// <summary>Its value, zero-extended. On the vCPU's thread, or while the vCPU is stopped.</summary>
    public ulong Read(VCpuState* state) =>
        !IsStored ? IrHelpers.FunctionOf(Get)(state, 0, 0) : Size == sizeof(uint) ? *(uint*)((byte*)state + Offset) : *(ulong*)((byte*)state + Offset);

    /// <summary>Sets it; what cannot be set stays as it is. On the vCPU's thread, or while the vCPU is stopped.</summary>
    public void Write(VCpuState* state, ulong value)
    {
        if (IsReadOnly)
            return;
        value &= Mask;
        if (!IsStored)
            IrHelpers.FunctionOf(Set)(state, value, 0);
        else if (Size == sizeof(uint))
            *(uint*)((byte*)state + Offset) = (uint)value;
        else
            *(ulong*)((byte*)state + Offset) = value;
    }

    /// <summary>Writes a value of this register in the guest's byte order.</summary>
    /// <returns>The bytes written, <see cref="Size"/>.</returns>
    public int ToBytes(ulong value, Span<byte> destination)
    {
        if (Size == sizeof(uint))
            BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(destination, value);
        return Size;
    }

    /// <summary>The value that bytes in the guest's order spell.</summary>
    public ulong FromBytes(ReadOnlySpan<byte> source) =>
        Size == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(source) : BinaryPrimitives.ReadUInt64LittleEndian(source);
}

/// <summary>What debuggers are told of an architecture beside its registers.</summary>
/// <param name="Architecture">GDB's name of it, such as <c>riscv:rv64</c>.</param>
/// <param name="Types">XML elements of the types that registers have, by feature.</param>
/// <param name="ProgramCounter">The register that is the program counter.</param>
/// <param name="StackPointer">The register that is the stack pointer.</param>
/// <param name="FramePointer">The register that debuggers look at next.</param>
public sealed record TargetDescription(
    string Architecture, IReadOnlyDictionary<string, string> Types, GuestRegister ProgramCounter, GuestRegister StackPointer, GuestRegister FramePointer);
