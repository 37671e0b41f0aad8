using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>
/// A helper that threaded code calls to find out how deep the stack is. If that ever changes it ends the chain, so that a missing tail call is a failed
/// assertion that names the handler and not a dead process.
/// </summary>
internal static unsafe class StackProbe
{
    [ThreadStatic]
    private static nint t_depth;

    [ThreadStatic]
    private static nint t_growth;

    [ThreadStatic]
    private static long t_calls;

    /// <summary>The helper's number in the IR.</summary>
    public static readonly int Helper = IrHelpers.Register("test_stack_probe", &Look);

    /// <summary>Forgets what was seen on this thread.</summary>
    public static void Reset() => (t_depth, t_growth, t_calls) = (0, 0, 0);

    /// <summary>By how many bytes the stack has grown since the first call.</summary>
    public static nint Growth => t_growth;

    /// <summary>Number of calls since <see cref="Reset"/>.</summary>
    public static long Calls => t_calls;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Look(void* state, ulong a, ulong b)
    {
        byte here;
        var depth = (nint)(&here);
        t_calls++;
        if (t_depth == 0)
            t_depth = depth;
        if (depth == t_depth)
            return 0;
        t_growth = t_depth - depth;
        ((VCpuState*)state)->Budget = 0;
        return 0;
    }
}
