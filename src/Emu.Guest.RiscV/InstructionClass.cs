namespace Emu.Guest.RiscV;

/// <summary>What an instruction is for; the <c>class=</c> of its row. Plugins count by it.</summary>
public enum InstructionClass : byte
{
#pragma warning disable CS1591 // InstructionClasses describes them
    Illegal, Alu, Mul, Div, Load, Store, Branch, Jump, Atomic, Csr, Fence, System,
    FpArith, FpFma, FpDiv, FpCompare, FpConvert, FpMove, FpLoad, FpStore, Cache,
#pragma warning restore CS1591
}

/// <summary>Names and descriptions of <see cref="InstructionClass"/>.</summary>
public static class InstructionClasses
{
    private static readonly (string Name, string Summary)[] Texts =
    [
        ("illegal", "No instruction"),
        ("alu", "Integer arithmetic and logic"),
        ("mul", "Integer multiplication"),
        ("div", "Integer division"),
        ("load", "Loads"),
        ("store", "Stores"),
        ("branch", "Conditional branches"),
        ("jump", "Jumps and calls"),
        ("atomic", "Atomic memory operations"),
        ("csr", "Control and status registers"),
        ("fence", "Fences"),
        ("system", "System calls and breakpoints"),
        ("fp-arith", "Floating-point arithmetic"),
        ("fp-fma", "Floating-point fused multiply-add"),
        ("fp-div", "Floating-point division and square root"),
        ("fp-compare", "Floating-point comparison"),
        ("fp-convert", "Floating-point conversion"),
        ("fp-move", "Floating-point moves and signs"),
        ("fp-load", "Floating-point loads"),
        ("fp-store", "Floating-point stores"),
        ("cache", "Cache blocks and prefetches"),
    ];

    /// <summary>Every class, in the order of the enum.</summary>
    public static IReadOnlyList<(string Name, string Summary)> All => Texts;

    /// <summary>The name as the tables write it, such as <c>fp-arith</c>.</summary>
    public static string NameOf(InstructionClass value) => Texts[(int)value].Name;

    /// <summary>The class in words.</summary>
    public static string SummaryOf(InstructionClass value) => Texts[(int)value].Summary;
}
