using Emu.Backend.X64.Assembly;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.X64.Code;

/// <summary>Where translated code finds the vCPU's state block: <c>rbp</c> points into the middle of the guest's registers, so that most have displacements of one byte.</summary>
internal static class StateWords
{
    /// <summary>From the block's start to where <c>rbp</c> points.</summary>
    public const int Bias = IrGlobals.FirstRegister + 128;

    /// <summary>The backend's words: <c>rsp</c> at the entry of translated code.</summary>
    public const int HostStack = VCpuState.BackendOffset;

    /// <summary>MXCSR with the guest's rounding mode and no flags.</summary>
    public const int GuestControl = VCpuState.BackendOffset + 8;

    /// <summary>MXCSR as it was read last.</summary>
    public const int ReadControl = VCpuState.BackendOffset + 12;

    /// <summary>The instruction that faulted, or the address behind the call that reports a fault.</summary>
    public const int FaultPlace = VCpuState.BackendOffset + 16;

    /// <summary>Host address that could not be accessed.</summary>
    public const int FaultHost = VCpuState.BackendOffset + 24;

    /// <summary>A value within the emission of one op.</summary>
    public const int Scratch = VCpuState.BackendOffset + 32;

    /// <inheritdoc cref="Scratch"/>
    public const int OtherScratch = VCpuState.BackendOffset + 40;

    /// <summary>rax at a fault.</summary>
    public const int FaultRax = VCpuState.BackendOffset + 48;

    /// <summary>rdx at a fault.</summary>
    public const int FaultRdx = VCpuState.BackendOffset + 56;

    /// <summary>A word of the state block as an operand.</summary>
    public static Mem At(int offset) => Mem.At(Reg.Rbp, offset - Bias);
}
