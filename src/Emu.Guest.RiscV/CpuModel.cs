using Emu.Engine.Contracts;

namespace Emu.Guest.RiscV;

/// <summary>
/// Which extensions a CPU has: what <c>--cpu</c> chooses. What is claimed to programs is what is decoded. Always closed: an extension is
/// never there without those that it needs (<c>Isa/extensions.isa</c>). Immutable.
/// </summary>
public sealed class CpuModel
{
    private readonly bool[] _opcodes = new bool[InstructionTables.Count];

    internal CpuModel(ulong set)
    {
        All = set;
        for (var opcode = 0; opcode < _opcodes.Length; opcode++)
            _opcodes[opcode] = IsThere(InstructionTables.Providers[opcode], InstructionTables.Requires[opcode]);
    }

    /// <summary>Every extension that is implemented.</summary>
    public static CpuModel Max { get; } = new(CpuSets.Implemented(CpuSets.Named(CpuSets.Default)));

    /// <summary>What general-purpose Linux systems all have: rv64gc.</summary>
    public static CpuModel General { get; } = new(CpuSets.Named("rv64gc"));

    /// <summary>The extensions as bits of a word, by <see cref="Extension"/>.</summary>
    internal ulong All { get; }

    /// <summary>The extensions, in the order of the kernel's ISA string.</summary>
    public IReadOnlyList<GuestExtension> Extensions => field ??= CpuSets.Describe(All);

    /// <summary>True if the CPU has the extension.</summary>
    public bool Has(Extension extension) => HasAll(CpuSets.Bit(extension));

    /// <summary>The instruction at the start of <paramref name="bits"/>, if this CPU has it: see <see cref="InstructionDecoder.Decode"/>.</summary>
    public Opcode Decode(uint bits)
    {
        var opcode = InstructionDecoder.Decode(bits);
        while (!_opcodes[(int)opcode])
            opcode = InstructionDecoder.Fallback(opcode, bits);
        return opcode;
    }

    /// <summary>True if the CPU has the instruction.</summary>
    public bool Has(Opcode opcode) => _opcodes[(int)opcode];

    /// <summary>True if the CPU has all extensions of a set.</summary>
    internal bool HasAll(ulong set) => (All & set) == set;

    private bool IsThere(ulong providers, ulong requires) => (providers == 0 || (providers & All) != 0) && HasAll(requires);
}
