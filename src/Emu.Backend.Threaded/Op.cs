using System.Runtime.InteropServices;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded;

/// <summary>
/// One op of threaded code, in native memory: the handler and its operands. A handler does its work and tail-calls the next op's handler, so
/// the chain never grows the stack. Operand offsets are byte offsets in the vCPU state block.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal unsafe struct Op
{
    /// <summary>Bytes per op.</summary>
    public const int Bytes = 32;

    /// <summary>The handler. Its result is the <see cref="ExitReason"/> with which the chain ends.</summary>
    [FieldOffset(0)] public Handler Run;

    /// <summary>Where the result goes.</summary>
    [FieldOffset(8)] public ushort D;

    /// <summary>First operand.</summary>
    [FieldOffset(10)] public ushort A;

    /// <summary>Second operand.</summary>
    [FieldOffset(12)] public ushort B;

    /// <summary>Third operand, or what else the handler needs.</summary>
    [FieldOffset(14)] public ushort C;

    /// <summary>In place of the operands above: 64 bits of the handler's own.</summary>
    [FieldOffset(8)] public nint Data;

    /// <summary>Immediate operand or address offset.</summary>
    [FieldOffset(16)] public ulong Imm;

    /// <summary>In place of <see cref="Imm"/>: where a taken exit goes.</summary>
    [FieldOffset(16)] public Op* Taken;

    /// <summary>Guest address of the instruction; set in ops that may leave translated code.</summary>
    [FieldOffset(24)] public ulong Pc;

    /// <summary>In place of <see cref="Pc"/>: where an exit that is not taken goes.</summary>
    [FieldOffset(24)] public Op* NotTaken;
}
