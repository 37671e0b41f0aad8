using Emu.Backend.X64.Assembly;
using Emu.Engine.Contracts;

namespace Emu.Backend.X64.Code;

/// <summary>
/// Which host register holds which guest register, the same in all translated code: the hot ones of the guest in its order, as far as host registers go. The others
/// are operands in the state block. <c>rbp</c> is the state block, <c>r15</c> the guest's memory, <c>rsp</c> the host's stack; <c>rax</c>, <c>rdx</c> and the last vector
/// registers are free within an instruction of the guest.
/// </summary>
internal sealed class RegisterMap
{
    // Short encodings first. Those that calls preserve are among them, which spares a call of a plugin to load them again.
    private static readonly Reg[] Integers = [Reg.Rbx, Reg.Rcx, Reg.Rsi, Reg.Rdi, Reg.R12, Reg.R13, Reg.R14, Reg.R8, Reg.R9, Reg.R10, Reg.R11];

    private const int Floats = 11;

    private readonly sbyte[] _places;

    public RegisterMap(HotRegisters hot, int stateSize)
    {
        _places = new sbyte[stateSize / sizeof(ulong)];
        Array.Fill(_places, (sbyte)-1);
        for (var i = 0; i < Integers.Length && i < hot.Integers.Length; i++)
        {
            _places[hot.Integers[i] / sizeof(ulong)] = (sbyte)Integers[i];
            General.Add((Integers[i], hot.Integers[i]));
        }

        for (var i = 0; i < Floats && i < hot.Floats.Length; i++)
        {
            _places[hot.Floats[i] / sizeof(ulong)] = (sbyte)(16 + i);
            Vector.Add(((Xmm)i, hot.Floats[i]));
        }
    }

    /// <summary>Words of the state block that may have a place.</summary>
    public int Slots => _places.Length;

    /// <summary>The pinned general registers and the state offsets that they stand for.</summary>
    public List<(Reg Register, int Offset)> General { get; } = [];

    /// <summary>The pinned vector registers and the state offsets that they stand for.</summary>
    public List<(Xmm Register, int Offset)> Vector { get; } = [];

    /// <summary>True if functions of the host's calling convention leave the register alone.</summary>
    public static bool IsPreserved(Reg register) => register is Reg.Rbx or Reg.R12 or Reg.R13 or Reg.R14;

    /// <summary>Where the guest register at that state offset is.</summary>
    public Place PlaceOf(int offset) => _places[offset / sizeof(ulong)] switch
    {
        < 0 => Place.In(offset),
        < 16 and var number => Place.Of((Reg)number),
        var number => Place.Of((Xmm)(number - 16)),
    };
}
