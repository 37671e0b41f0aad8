using System.Numerics;

namespace Emu.Guest.RiscV;

/// <summary>A set of integer and floating-point registers. x0 is never a member: it holds nothing.</summary>
public readonly record struct RegisterSet
{
    private readonly ulong _bits;

    private RegisterSet(ulong bits) => _bits = bits & ~1UL;

    /// <summary>No register.</summary>
    public static RegisterSet Empty => default;

    /// <summary>Number of members.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The set and one more register.</summary>
    public RegisterSet With(XRegister register) => new(_bits | (1UL << (int)register));

    /// <summary>The set and two more registers; as a pair, x0 is none.</summary>
    public RegisterSet With(XPair pair) => pair == XPair.Zero ? this : new(_bits | (3UL << (2 * (int)pair)));

    /// <summary>The set and one more register.</summary>
    public RegisterSet With(FRegister register) => new(_bits | (1UL << (32 + (int)register)));

    /// <summary>True for a member.</summary>
    public bool Contains(XRegister register) => ((_bits >> (int)register) & 1) != 0;

    /// <summary>True for a member.</summary>
    public bool Contains(FRegister register) => ((_bits >> (32 + (int)register)) & 1) != 0;

    /// <summary>The members' names, integer registers first.</summary>
    public override string ToString()
    {
        List<string> names = [];
        for (var i = 0; i < 32; i++)
            if (Contains((XRegister)i))
                names.Add(RegisterNames.NameOf((XRegister)i));
        for (var i = 0; i < 32; i++)
            if (Contains((FRegister)i))
                names.Add(RegisterNames.NameOf((FRegister)i));
        return string.Join(' ', names);
    }
}
