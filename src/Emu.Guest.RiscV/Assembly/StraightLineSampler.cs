namespace Emu.Guest.RiscV;

/// <summary>
/// Random instructions that run one after the other without leaving the program, for differential tests: no control transfer, no system
/// instruction, no illegal rounding mode, nothing that depends on where the code stands or on time, and memory accesses only near
/// <see cref="Bases"/>, which are never written; a store-conditional is never wider or narrower than the load-reserved before it, as such a
/// pair may succeed or fail (Unpriv. ISA 14.2). Instructions are those of a CPU, of rv64gc unless told otherwise. Equal seeds give equal sequences. Owned by one thread.
/// </summary>
public sealed class StraightLineSampler(Random random, CpuModel? cpu = null)
{
    /// <summary>Memory within this many bytes of a base, on both sides, may be read and written.</summary>
    public const int Reach = 2048 + 8;

    private const uint BaseMask = 0x1Fu << 15;
    private const uint CompressedBaseMask = 7u << 7;
    private const uint RoundingMask = 7u << 12;

    private readonly Opcode[] _opcodes = Array.FindAll([.. InstructionSampler.Opcodes], opcode => (cpu ?? CpuModel.General).Has(opcode) && IsStraight(opcode));

    private readonly InstructionSampler _sampler = new(random);

    private Opcode _reservedBy = Opcode.Illegal;

    /// <summary>The registers that hold addresses: each must be a multiple of 16 with memory around it.</summary>
    public static IReadOnlyList<XRegister> Bases { get; } = [XRegister.Sp, XRegister.S0];

    /// <summary>A sequence of instructions, as it stands in memory.</summary>
    public byte[] NextCode(int instructions)
    {
        var code = new Assembler();
        for (var i = 0; i < instructions; i++)
            code.Word(Next().Bits);
        return code.ToArray();
    }

    /// <summary>The next instruction.</summary>
    public Instruction Next()
    {
        while (true)
        {
            var opcode = _opcodes[random.Next(_opcodes.Length)];
            var instruction = InstructionSampler.ClassOf(opcode) == InstructionClass.Csr ? NextCsr() : Tame(_sampler.Next(opcode));
            var writes = instruction.Writes;
            if (writes.Contains(XRegister.Sp) || writes.Contains(XRegister.S0) || IsMixedPair(opcode))
                continue;
            if (opcode is Opcode.LrW or Opcode.LrD)
                _reservedBy = opcode;
            return instruction;
        }
    }

    private bool IsMixedPair(Opcode opcode) => (_reservedBy, opcode) is (Opcode.LrW, Opcode.ScD) or (Opcode.LrD, Opcode.ScW);

    private static bool IsStraight(Opcode opcode) =>
        InstructionSampler.ClassOf(opcode) is not (InstructionClass.Branch or InstructionClass.Jump or InstructionClass.System)
        && opcode is not (Opcode.Auipc or Opcode.FenceI or Opcode.Pause or Opcode.WrsNto or Opcode.WrsSto or Opcode.CboInval);

    /// <summary>Moves memory accesses to a base and replaces rounding modes that no instruction may have.</summary>
    private Instruction Tame(Instruction instruction)
    {
        var bits = instruction.Bits;
        if (IsMemoryAccess(instruction.Class))
        {
            var register = (uint)Bases[random.Next(Bases.Count)];
            if (instruction.Length == 4)
                bits = (bits & ~BaseMask) | (register << 15);
            else if ((bits & 3) == 0)
                bits &= ~CompressedBaseMask;
        }
        else if (HasRoundingMode(instruction) && (bits & RoundingMask) >> 12 is 5 or 6)
            bits |= RoundingMask;
        return instruction with { Bits = bits };
    }

    /// <summary>An access to the floating-point control register that leaves a rounding mode that exists.</summary>
    private Instruction NextCsr()
    {
        var rd = (XRegister)random.Next(32);
        var rs1 = (XRegister)random.Next(32);
        const uint fflags = 1, frm = 2, fcsr = 3;
        var bits = random.Next(7) switch
        {
            0 => InstructionEncoder.Csrrw(rd, fflags, rs1),
            1 => InstructionEncoder.Csrrs(rd, fflags, rs1),
            2 => InstructionEncoder.Csrrc(rd, fflags, rs1),
            3 => InstructionEncoder.Csrrwi(rd, frm, (uint)random.Next((int)Ir.IrRounding.NearestAway + 1)),
            4 => InstructionEncoder.Csrrsi(rd, fflags, (uint)random.Next(32)),
            5 => InstructionEncoder.Csrrci(rd, fflags, (uint)random.Next(32)),
            _ => InstructionEncoder.Csrrs(rd, fcsr, XRegister.Zero),
        };
        return new Instruction(InstructionDecoder.Decode(bits), bits);
    }

    private static bool IsMemoryAccess(InstructionClass value) =>
        value is InstructionClass.Load or InstructionClass.Store or InstructionClass.FpLoad or InstructionClass.FpStore
            or InstructionClass.Atomic or InstructionClass.Cache;

    private static bool HasRoundingMode(Instruction instruction) =>
        instruction.Class is InstructionClass.FpArith or InstructionClass.FpFma or InstructionClass.FpDiv or InstructionClass.FpConvert
        && (InstructionTables.Free[(int)instruction.Opcode] & RoundingMask) == RoundingMask;
}
