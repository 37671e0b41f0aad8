using System.Diagnostics;
using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Emit;

/// <summary>
/// Code that is slower by a little over a tenth, for the proof that the regression gate catches that (bench/README.md): only in a file that is published with
/// <c>-p:EmuSeededSlowdown=true</c>.
/// </summary>
internal sealed unsafe partial class X64Emitter
{
    /// <summary>Guest instructions between two that cost more.</summary>
    private const int SeedDistance = 4;

    private int _seeded;

    [Conditional("EMU_SEEDED_SLOWDOWN")]
    private void EmitSeededSlowdown()
    {
        // Neither flags nor registers change, whatever ops keep in them.
        if (++_seeded % SeedDistance == 0)
            _asm.Xchg(Reg.Rsp, Reg.Rsp);
    }
}
