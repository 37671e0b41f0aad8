using System.Diagnostics;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Guest.RiscV;

/// <summary>
/// The functions behind control and status registers, called by translated code; the fields are their numbers in <see cref="IrHelpers"/>.
/// </summary>
internal static unsafe class CsrHelpers
{
    private const uint FlagsMask = 0x1F;
    private const uint RoundingMask = 7;
    private const int RoundingShift = 5;

    public static readonly int ReadFflags = IrHelpers.Register("riscv.read.fflags", &FflagsOf);
    public static readonly int WriteFflags = IrHelpers.Register("riscv.write.fflags", &SetFflags);
    public static readonly int ReadFrm = IrHelpers.Register("riscv.read.frm", &FrmOf);
    public static readonly int WriteFrm = IrHelpers.Register("riscv.write.frm", &SetFrm);
    public static readonly int ReadFcsr = IrHelpers.Register("riscv.read.fcsr", &FcsrOf);
    public static readonly int WriteFcsr = IrHelpers.Register("riscv.write.fcsr", &SetFcsr);
    public static readonly int ReadCycle = IrHelpers.Register("riscv.read.cycle", &Ticks, isRepeatable: false);
    public static readonly int ReadTime = IrHelpers.Register("riscv.read.time", &Ticks, isRepeatable: false);
    public static readonly int ReadInstret = IrHelpers.Register("riscv.read.instret", &Ticks, isRepeatable: false);

    private static ulong FflagsOf(void* state, ulong a, ulong b) => ((VCpuState*)state)->FloatFlags & FlagsMask;

    private static ulong SetFflags(void* state, ulong value, ulong b)
    {
        ((VCpuState*)state)->FloatFlags = (uint)value & FlagsMask;
        return 0;
    }

    private static ulong FrmOf(void* state, ulong a, ulong b) => ((VCpuState*)state)->RoundingMode & RoundingMask;

    private static ulong SetFrm(void* state, ulong value, ulong b)
    {
        ((VCpuState*)state)->RoundingMode = (uint)value & RoundingMask;
        return 0;
    }

    private static ulong FcsrOf(void* state, ulong a, ulong b) => (FrmOf(state, 0, 0) << RoundingShift) | FflagsOf(state, 0, 0);

    private static ulong SetFcsr(void* state, ulong value, ulong b)
    {
        SetFflags(state, value, 0);
        return SetFrm(state, value >> RoundingShift, 0);
    }

    /// <summary>
    /// Nanoseconds of the host's monotonic clock. A program cannot tell at what rate cycles and instructions pass on this machine, only that they
    /// do; counting instructions would cost all programs for the few that ask.
    /// </summary>
    private static ulong Ticks(void* state, ulong a, ulong b) =>
        (ulong)(Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency));
}
