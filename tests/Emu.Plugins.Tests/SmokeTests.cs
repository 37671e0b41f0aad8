using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests;

[EmuPlugin("hazard", "x")]
public sealed partial class Hazard : Plugin, IOnTranslate
{
    public Register Reg = null!;
    public ulong Sum;
    public bool Alloc;
    public static nuint Min = nuint.MaxValue, Max;
    public void OnTranslate(TranslationBlock block) { foreach (var i in block) if (Alloc) i.OnExecute<Callbacks.A>(); else i.OnExecute<Callbacks.B>(); }
    [ExecCallback] private void A(VCpu vcpu, nint x) { Span<byte> b = stackalloc byte[8]; b[(int)x] = 1; Sum += b[0]; Sum += (ulong)b.IndexOf((byte)1); Note(); }
    [ExecCallback] private void B(VCpu vcpu, nint x) { int local = 0; Bump(ref local, x); Sum += (ulong)local; Note(); }
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Bump(ref int a, nint x) => a += (int)x;
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static unsafe void Note() { int here; var p = (nuint)(&here); if (p < Min) Min = p; if (p > Max) Max = p; }
}

public class SmokeTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void Insn(bool alloc)
    {
        using var machine = new TestMachine(Programs.Loop(10_000), new());
        var h = machine.Install(new Hazard { Alloc = alloc });
        Hazard.Min = nuint.MaxValue; Hazard.Max = 0;
        machine.Run(v => { });
        Assert.Equal(0UL, Hazard.Max - Hazard.Min);
    }
}
