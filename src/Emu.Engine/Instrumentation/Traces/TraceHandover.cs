using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Engine.Execution;

namespace Emu.Engine.Instrumentation.Traces;

/// <summary>What translated code calls when a vCPU's buffer of a trace is full.</summary>
public static unsafe class TraceHandover
{
    /// <summary>The same as an unmanaged function, of <see cref="Ir.IrTrace.Stream"/>, vCPU state and a third argument that means nothing.</summary>
    public static nint Unmanaged => (nint)(delegate* unmanaged<nint, nint, nint, void>)&FullFromNative;

    /// <summary>Hands the buffer over and empties it. Nothing is thrown.</summary>
    /// <param name="stream"><see cref="Ir.IrTrace.Stream"/>.</param>
    /// <param name="state">The vCPU.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Full(nint stream, VCpuState* state) => TraceStream.Of(stream).HandOver(state);

    [UnmanagedCallersOnly]
    private static void FullFromNative(nint stream, nint state, nint nothing) => Full(stream, (VCpuState*)state);
}
