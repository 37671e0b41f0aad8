using Emu.Engine.Contracts;

namespace Emu.Guest.RiscV;

/// <summary>
/// The registers that a user process has, each described once; names, groups, sizes and numbers are those of GDB's target description (gdb/features/riscv, the manual's "RISC-V
/// Features"): integer registers and the program counter, floating-point registers with fflags, frm and fcsr, and the counters.
/// </summary>
public static class RiscVRegisters
{
    private const string IntegerFeature = "org.gnu.gdb.riscv.cpu";
    private const string FloatFeature = "org.gnu.gdb.riscv.fpu";
    private const string ControlFeature = "org.gnu.gdb.riscv.csr";
    private const string FloatType = "riscv_double";

    // GDB's RISCV_ZERO_REGNUM, RISCV_PC_REGNUM, RISCV_FIRST_FP_REGNUM, RISCV_FIRST_CSR_REGNUM.
    private const int FirstInteger = 0;
    private const int ProgramCounter = 32;
    private const int FirstFloat = 33;
    private const int FirstControl = 65;

    private const int FlagsNumber = 0x001;
    private const int RoundingNumber = 0x002;
    private const int StatusNumber = 0x003;
    private const int CycleNumber = 0xc00;
    private const int TimeNumber = 0xc01;
    private const int RetiredNumber = 0xc02;

    private static readonly GuestRegister[] Table = Make();

    /// <summary>All of them, in GDB's order.</summary>
    public static IReadOnlyList<GuestRegister> All => Table;

    /// <summary>The program counter.</summary>
    public static GuestRegister Pc => Table[ProgramCounter];

    /// <summary>What GDB is told of the architecture beside the registers.</summary>
    public static TargetDescription Target { get; } = new(
        "riscv:rv64",
        new Dictionary<string, string>
        {
            [FloatFeature] = $"<union id=\"{FloatType}\"><field name=\"float\" type=\"ieee_single\"/><field name=\"double\" type=\"ieee_double\"/></union>",
        },
        Pc, Of(XRegister.Sp), Of(XRegister.S0));

    /// <summary>An integer register.</summary>
    public static GuestRegister Of(XRegister register) => Table[FirstInteger + (int)register];

    /// <summary>A floating-point register.</summary>
    public static GuestRegister Of(FRegister register) => Table[FirstFloat + (int)register];

    /// <summary>Where an integer register stands in <see cref="All"/>.</summary>
    internal static int PlaceOf(XRegister register) => FirstInteger + (int)register;

    /// <summary>Where a floating-point register stands in <see cref="All"/>.</summary>
    internal static int PlaceOf(FRegister register) => FirstFloat + (int)register;

    /// <summary>Where the control and status register of that number stands in <see cref="All"/>; -1 if programs have none of that number.</summary>
    internal static int PlaceOfStatus(int number) => Array.FindIndex(Table, register => register.Number == FirstControl + number);

    private static GuestRegister[] Make()
    {
        var registers = new List<GuestRegister>();
        for (var i = 0; i < 32; i++)
            registers.Add(Integer((XRegister)i));
        registers.Add(new("pc", RiscVState.Pc, 8, IntegerFeature) { Number = ProgramCounter, Type = "code_ptr" });
        for (var i = 0; i < 32; i++)
            registers.Add(new(RegisterNames.NameOf((FRegister)i), RiscVState.OffsetOf((FRegister)i), 8, FloatFeature) { Number = FirstFloat + i, Type = FloatType });
        registers.Add(new("fflags", RiscVState.FloatFlags, 4, FloatFeature) { Number = FirstControl + FlagsNumber, Mask = 0x1f });
        registers.Add(new("frm", RiscVState.RoundingMode, 4, FloatFeature) { Number = FirstControl + RoundingNumber, Mask = 7 });
        registers.Add(new("fcsr", -1, 4, FloatFeature) { Number = FirstControl + StatusNumber, Get = CsrHelpers.ReadFcsr, Set = CsrHelpers.WriteFcsr });
        registers.Add(Counter("cycle", CycleNumber, CsrHelpers.ReadCycle));
        registers.Add(Counter("time", TimeNumber, CsrHelpers.ReadTime));
        registers.Add(Counter("instret", RetiredNumber, CsrHelpers.ReadInstret));
        return [.. registers];
    }

    private static GuestRegister Integer(XRegister register) => new(RegisterNames.NameOf(register), RiscVState.OffsetOf(register), 8, IntegerFeature)
    {
        Number = FirstInteger + (int)register,
        Type = register switch
        {
            XRegister.Ra => "code_ptr",
            XRegister.Sp or XRegister.Gp or XRegister.Tp or XRegister.S0 => "data_ptr",
            _ => "int",
        },
        IsReadOnly = register == XRegister.Zero,
    };

    private static GuestRegister Counter(string name, int number, int helper) =>
        new(name, -1, 8, ControlFeature) { Number = FirstControl + number, Get = helper, IsReadOnly = true };
}
