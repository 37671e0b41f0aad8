using System.Runtime.InteropServices;

namespace Emu.Engine.Execution;

/// <summary>Where a vCPU is in its buffer of a trace: a place at the end of its state block, <see cref="VCpuContext.TracesOffset"/>. Translated code reads and writes it as <see cref="Ir.IrTrace"/> says.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct TraceSlot
{
    /// <summary>Host address of the next record; null while the vCPU has no buffer.</summary>
    public byte* Next;

    /// <summary>Host address behind the last record that there is room for.</summary>
    public byte* End;

    /// <summary>Host address of the first record.</summary>
    public byte* Start;
}
