namespace Emu.Backend.X64.Assembly;

/// <summary>The general registers, by their numbers in the encoding.</summary>
internal enum Reg : byte
{
    Rax, Rcx, Rdx, Rbx, Rsp, Rbp, Rsi, Rdi,
    R8, R9, R10, R11, R12, R13, R14, R15,
}

/// <summary>The vector registers, by their numbers in the encoding.</summary>
internal enum Xmm : byte
{
    Xmm0, Xmm1, Xmm2, Xmm3, Xmm4, Xmm5, Xmm6, Xmm7,
    Xmm8, Xmm9, Xmm10, Xmm11, Xmm12, Xmm13, Xmm14, Xmm15,
}

/// <summary>The conditions of <c>jcc</c>, <c>setcc</c> and <c>cmovcc</c>, by their numbers in the encoding. Each and its opposite differ in the lowest bit.</summary>
internal enum Cond : byte
{
    Overflow, NoOverflow, Below, AboveEqual, Equal, NotEqual, BelowEqual, Above,
    Sign, NoSign, Parity, NoParity, Less, GreaterEqual, LessEqual, Greater,
}

/// <summary>The two-operand integer operations that share one encoding, by their numbers in it.</summary>
internal enum Alu : byte
{
    Add, Or, Adc, Sbb, And, Sub, Xor, Cmp,
}

/// <summary>Shifts by a constant, by their numbers in the encoding.</summary>
internal enum Shift : byte
{
    Rol = 0, Ror = 1, Left = 4, Right = 5, RightArithmetic = 7,
}

/// <summary>A memory operand: base, perhaps an index with a scale, and a displacement; or a place in the code.</summary>
internal readonly unsafe struct Mem
{
    private Mem(Reg @base, Reg index, byte scale, int displacement, byte* place)
    {
        (Base, Index, Scale, Displacement) = (@base, index, scale, displacement);
        Place = place;
    }

    /// <summary>No index: the stack pointer cannot be one.</summary>
    public const Reg NoIndex = Reg.Rsp;

    public Reg Base { get; }

    public Reg Index { get; }

    /// <summary>log2 of what the index is multiplied by.</summary>
    public byte Scale { get; }

    public int Displacement { get; }

    /// <summary>If not null, the operand is this place in the code's memory (in the view that is written), addressed relative to the instruction.</summary>
    public byte* Place { get; }

    public static Mem At(Reg @base, int displacement = 0) => new(@base, NoIndex, 0, displacement, null);

    public static Mem At(Reg @base, Reg index, int displacement, byte scale = 0) => new(@base, index, scale, displacement, null);

    public static Mem Of(byte* place) => new(Reg.Rax, NoIndex, 0, 0, place);
}
