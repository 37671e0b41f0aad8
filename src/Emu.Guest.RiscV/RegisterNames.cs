namespace Emu.Guest.RiscV;

/// <summary>The assembler's names of registers.</summary>
public static class RegisterNames
{
    private static readonly string[] X = Lower(Enum.GetNames<XRegister>());
    private static readonly string[] F = Lower(Enum.GetNames<FRegister>());

    /// <summary>The name of an integer register, such as <c>a0</c>.</summary>
    public static string NameOf(XRegister register) => X[(int)register];

    /// <summary>The name of a floating-point register, such as <c>fa0</c>.</summary>
    public static string NameOf(FRegister register) => F[(int)register];

    private static string[] Lower(string[] names) => Array.ConvertAll(names, static name => name.ToLowerInvariant());
}
