using Emu.Engine.Execution;

namespace Emu.Backend.X64.Code;

/// <summary>Byte offsets of the fields of <see cref="VCpuState"/> that translated code uses.</summary>
internal static unsafe class StateOffsets
{
    public static readonly int Index, Budget, Memory, Position, Pc, FaultAddress, Cause, FloatFlags, RoundingMode, ReservationAddress, ReservationValue, MemoryRecord, Jumps;

    static StateOffsets()
    {
        VCpuState state;
        var start = (byte*)&state;
        Index = (int)((byte*)&state.Index - start);
        Budget = (int)((byte*)&state.Budget - start);
        Memory = (int)((byte*)&state.Memory - start);
        Position = (int)((byte*)&state.Position - start);
        Pc = (int)((byte*)&state.Pc - start);
        FaultAddress = (int)((byte*)&state.FaultAddress - start);
        Cause = (int)((byte*)&state.Cause - start);
        FloatFlags = (int)((byte*)&state.FloatFlags - start);
        RoundingMode = (int)((byte*)&state.RoundingMode - start);
        ReservationAddress = (int)((byte*)&state.ReservationAddress - start);
        ReservationValue = (int)((byte*)&state.ReservationValue - start);
        Jumps = (int)((byte*)&state.Jumps - start);
        MemoryRecord = (int)(state.MemoryRecord - start);
    }
}
