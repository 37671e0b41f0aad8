using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>What is to be known of an integer type, or of <c>bool</c>, which is a number of one bit.</summary>
internal readonly record struct NumberType(int Bits, bool IsSigned)
{
    /// <summary>The largest number, if none is negative.</summary>
    public ulong? Max => IsSigned ? null : ulong.MaxValue >> (64 - Bits);

    /// <summary>The largest number.</summary>
    public ulong Largest => ulong.MaxValue >> (64 - Bits + (IsSigned ? 1 : 0));

    /// <summary>The type, or null if it is no such type.</summary>
    public static NumberType? Of(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => Of(underlying),
        _ => type?.SpecialType switch
        {
            SpecialType.System_Boolean => new(1, false),
            SpecialType.System_Byte => new(8, false),
            SpecialType.System_SByte => new(8, true),
            SpecialType.System_Int16 => new(16, true),
            SpecialType.System_UInt16 or SpecialType.System_Char => new(16, false),
            SpecialType.System_Int32 => new(32, true),
            SpecialType.System_UInt32 => new(32, false),
            SpecialType.System_Int64 or SpecialType.System_IntPtr => new(64, true),
            SpecialType.System_UInt64 or SpecialType.System_UIntPtr => new(64, false),
            _ => null,
        },
    };

    /// <summary>A number of type <paramref name="from"/> as one of this type: its low bits.</summary>
    public Lowered Convert(Lowered number, NumberType from)
    {
        if (number.Max <= Largest)
            return number;
        if (from == this || (from.Bits < Bits && (IsSigned || !from.IsSigned)))
            return number with { Max = number.Max ?? Max };
        return Narrow(number);
    }

    /// <summary>The low bits of a number as one of this type.</summary>
    public Lowered Narrow(Lowered number) =>
        number.Max <= Largest ? number :
        Bits == 64 ? number with { Max = IsSigned ? null : number.Max ?? Max } :
        new($"body.Apply({Names.Op(IsSigned ? "SignExtend" : "ZeroExtend")}{Bits}, {number.Code})", Max);
}
