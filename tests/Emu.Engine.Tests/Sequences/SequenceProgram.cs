using System.Runtime.InteropServices;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Sequences;

/// <summary>
/// A program that runs sequences one after the other: each with its registers loaded, and with registers and memory written to standard output
/// after it. Two segments: code, and data that begins with what the sequences access.
/// </summary>
internal sealed class SequenceProgram
{
    /// <summary>x0 to x31, f0 to f31, fcsr.</summary>
    public const int RegisterCount = 65;

    /// <summary>Place of fcsr among the registers.</summary>
    public const int Fcsr = 64;

    /// <summary>Guest address of the code and of its first instruction.</summary>
    public const ulong CodeAddress = 0x10000;

    /// <summary>Guest address of the data.</summary>
    public const ulong DataAddress = 0x2000000;

    /// <summary>Bytes that the sequences access.</summary>
    public const int MemorySize = 0x2000;

    /// <summary>Bytes that are written after each sequence: memory, then registers.</summary>
    public const int DumpSize = MemorySize + RegisterCount * sizeof(ulong);

    private const int Memory = (int)DataAddress;
    private const int Dump = Memory + MemorySize;
    private const int Table = Dump + 0x1000;
    private const int TableEntry = 0x400;
    private const uint FcsrNumber = 3;
    private const int WriteCall = 64;
    private const int ExitCall = TestSystem.ExitCall;

    /// <param name="memory">What the first sequence finds in the memory, <see cref="MemorySize"/> bytes.</param>
    public SequenceProgram(IReadOnlyList<Sequence> sequences, ReadOnlyMemory<byte> memory)
    {
        Sequences = sequences;
        var code = new Assembler();
        for (var number = 0; number < sequences.Count; number++)
        {
            LoadRegisters(code, Table + number * TableEntry);
            Append(code, sequences[number].Code());
            DumpRegisters(code);
        }

        code.Addi(XRegister.A0, XRegister.Zero, 0);
        code.Call(ExitCall);
        Code = code.ToArray();
        Data = MakeData(sequences, memory.Span);
    }

    public IReadOnlyList<Sequence> Sequences { get; }

    public byte[] Code { get; }

    public byte[] Data { get; }

    private static void Append(Assembler code, ReadOnlySpan<byte> instructions)
    {
        while (instructions.Length > 0)
        {
            var instruction = Instruction.Decode(instructions);
            code.Word(instruction.Bits);
            instructions = instructions[instruction.Length..];
        }
    }

    private static byte[] MakeData(IReadOnlyList<Sequence> sequences, ReadOnlySpan<byte> memory)
    {
        var data = new byte[Table - Memory + sequences.Count * TableEntry];
        memory.CopyTo(data);
        for (var number = 0; number < sequences.Count; number++)
            MemoryMarshal.AsBytes(sequences[number].Registers.AsSpan()).CopyTo(data.AsSpan(Table - Memory + number * TableEntry));
        return data;
    }

    private static void LoadRegisters(Assembler code, int entry)
    {
        code.Number(XRegister.S0, entry);
        code.Ld(XRegister.T0, XRegister.S0, Fcsr * sizeof(ulong));
        code.Csrrw(XRegister.Zero, FcsrNumber, XRegister.T0);
        for (var number = 0; number < 32; number++)
            code.Fld((FRegister)number, XRegister.S0, (32 + number) * sizeof(ulong));
        for (var number = 1; number < 32; number++)
            if ((XRegister)number != XRegister.S0)
                code.Ld((XRegister)number, XRegister.S0, number * sizeof(ulong));
        // So that everything in reach of the two bases lies in the memory that is dumped.
        code.Number(XRegister.Sp, Memory + 0x900);
        code.Number(XRegister.S0, Memory + 0x1700);
    }

    /// <summary>No sequence changes s0, so it can be used up.</summary>
    private static void DumpRegisters(Assembler code)
    {
        code.Number(XRegister.S0, Dump);
        for (var number = 0; number < 32; number++)
            code.Sd((XRegister)number, XRegister.S0, number * sizeof(ulong));
        for (var number = 0; number < 32; number++)
            code.Fsd((FRegister)number, XRegister.S0, (32 + number) * sizeof(ulong));
        code.Csrrs(XRegister.T0, FcsrNumber, XRegister.Zero);
        code.Sd(XRegister.T0, XRegister.S0, Fcsr * sizeof(ulong));
        // Gives up a reservation: systems differ in whether it outlives a system call.
        code.ScW(XRegister.Zero, XRegister.S0, XRegister.Zero, order: 0);
        code.Addi(XRegister.A0, XRegister.Zero, 1);
        code.Number(XRegister.A1, Memory);
        code.Number(XRegister.A2, DumpSize);
        code.Call(WriteCall);
    }
}
