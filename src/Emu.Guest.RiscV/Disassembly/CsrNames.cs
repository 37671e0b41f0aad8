namespace Emu.Guest.RiscV;

/// <summary>The names of control and status registers.</summary>
public static partial class CsrNames
{
    /// <summary>The name that the privileged architecture gives a number, or null.</summary>
    public static string? NameOf(uint number) => number switch
    {
        1 => "fflags",
        2 => "frm",
        3 => "fcsr",
        _ => null,
    };
}
