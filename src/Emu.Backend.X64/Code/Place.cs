using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>What a <see cref="Place"/> is.</summary>
internal enum PlaceKind : byte
{
    /// <summary>Nowhere: the result is dropped.</summary>
    None,
    Constant,
    General,
    Vector,
    State,
}

/// <summary>Where a value is while translated code runs.</summary>
internal readonly struct Place
{
    private Place(PlaceKind kind, byte register, int offset, ulong value, bool isNarrow = false) =>
        (Kind, _register, Offset, Value, IsNarrow) = (kind, register, offset, value, isNarrow);

    private readonly byte _register;

    public PlaceKind Kind { get; }

    /// <summary>In a vector register: only the low 32 bits count, those above stand for zeros.</summary>
    public bool IsNarrow { get; }

    /// <summary>The state offset of a place in the state block.</summary>
    public int Offset { get; }

    /// <summary>The value of a constant.</summary>
    public ulong Value { get; }

    public Reg General => (Reg)_register;

    public Xmm Vector => (Xmm)_register;

    /// <summary>The operand of a place in the state block.</summary>
    public Mem Mem => StateWords.At(Offset);

    public bool IsConstant => Kind == PlaceKind.Constant;

    public bool IsGeneral => Kind == PlaceKind.General;

    public bool IsVector => Kind == PlaceKind.Vector;

    public bool IsState => Kind == PlaceKind.State;

    /// <summary>A constant that an instruction can hold, sign-extended from 32 bits.</summary>
    public bool IsImmediate => IsConstant && (long)Value == (int)Value;

    public bool Is(Reg register) => IsGeneral && General == register;

    public bool Is(Xmm register) => IsVector && Vector == register;

    public static Place Of(Reg register) => new(PlaceKind.General, (byte)register, 0, 0);

    public static Place Of(Xmm register, bool isNarrow = false) => new(PlaceKind.Vector, (byte)register, 0, 0, isNarrow);

    public static Place Of(ulong constant) => new(PlaceKind.Constant, 0, 0, constant);

    public static Place In(int stateOffset) => new(PlaceKind.State, 0, stateOffset, 0);
}
