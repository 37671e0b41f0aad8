using System.Globalization;
using System.Text;

namespace Emu.Guest.RiscV;

/// <summary>How operands are printed: the methods that operands.isa names.</summary>
internal sealed class DisassemblyText(StringBuilder text, ulong pc)
{
    private static readonly string[] RoundingModes = ["rne", "rtz", "rdn", "rup", "rmm", "unknown", "unknown", "dyn"];

    /// <summary>The constants of FLI, as the assembler takes them.</summary>
    private static readonly string[] FloatConstants =
    [
        "-0x1p+0", "min", "0x1p-16", "0x1p-15", "0x1p-8", "0x1p-7", "0x1p-4", "0x1p-3",
        "0x1p-2", "0x1.4p-2", "0x1.8p-2", "0x1.cp-2", "0x1p-1", "0x1.4p-1", "0x1.8p-1", "0x1.cp-1",
        "0x1p+0", "0x1.4p+0", "0x1.8p+0", "0x1.cp+0", "0x1p+1", "0x1.4p+1", "0x1.8p+1", "0x1p+2",
        "0x1p+3", "0x1p+4", "0x1p+7", "0x1p+8", "0x1p+15", "0x1p+16", "inf", "nan",
    ];

    /// <summary>The signed immediate that was printed, if any.</summary>
    public int? Immediate { get; private set; }

    public void Mnemonic(string name) => text.Append(name);

    public void Literal(string literal) => text.Append(literal);

    public void X(XRegister register) => text.Append(RegisterNames.NameOf(register));

    public void X(XPair pair) => X((XRegister)(2 * (int)pair));

    public void F(FRegister register) => text.Append(RegisterNames.NameOf(register));

    public void Signed(int value)
    {
        Immediate = value;
        text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Unsigned(uint value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that is part of the name.</summary>
    public void Number(uint value) => text.Append(CultureInfo.InvariantCulture, $".{value}");

    public void Hex(uint value) => text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>The upper 20 bits, as the assembler takes them.</summary>
    public void Upper(int value) => Hex((uint)value >> 12);

    /// <summary>The address that a pc-relative offset means.</summary>
    public void Target(int offset) => text.Append(CultureInfo.InvariantCulture, $"0x{pc + (ulong)offset:x}");

    public void Csr(uint number) => text.Append(CsrNames.NameOf(number) ?? string.Create(CultureInfo.InvariantCulture, $"0x{number:x}"));

    /// <summary>The ordering bits of an atomic instruction, aq and rl.</summary>
    public void Order(uint order) => text.Append(order switch { 0 => "", 1 => ".rl", 2 => ".aq", _ => ".aqrl" });

    /// <summary>A constant by its number.</summary>
    public void FloatConstant(uint index) => text.Append(FloatConstants[index]);

    /// <summary>A static rounding mode; the dynamic one is not written.</summary>
    public void Rounding(uint mode)
    {
        if (mode != 7)
            text.Append(',').Append(RoundingModes[mode]);
    }

    /// <summary>A set of device input and output, memory reads and writes.</summary>
    public void FenceSet(uint set)
    {
        if (set == 0)
            text.Append("unknown");
        for (var i = 0; i < 4; i++)
            if ((set & (8u >> i)) != 0)
                text.Append("iorw"[i]);
    }
}
