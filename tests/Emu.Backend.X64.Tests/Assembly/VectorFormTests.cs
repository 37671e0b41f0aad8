using Emu.Backend.X64.Assembly;
using static Emu.Backend.X64.Tests.Assembly.Decoded;

namespace Emu.Backend.X64.Tests.Assembly;

/// <summary>The vector instructions, with every register in every place.</summary>
public sealed class VectorFormTests
{
    private static readonly Xmm[] Registers = Enum.GetValues<Xmm>();

    private static readonly (bool Wide, string Suffix, string Size)[] Widths = [(true, "d", "qword"), (false, "s", "dword")];

    [Test]
    public void Three_registers()
    {
        foreach (var d in Registers)
            foreach (var a in Registers)
                foreach (var b in Registers)
                {
                    foreach (var (wide, suffix, _) in Widths)
                    {
                        foreach (var op in Enum.GetValues<Fp>())
                            Is($"v{op.ToString().ToLowerInvariant()}s{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(op, d, a, b, wide));
                        Is($"vfmadd231s{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Fma.Add, d, a, b, wide));
                        Is($"vfmsub231s{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Fma.Sub, d, a, b, wide));
                        Is($"vfnmadd231s{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Fma.NegateAdd, d, a, b, wide));
                        Is($"vfnmsub231s{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Fma.NegateSub, d, a, b, wide));
                        Is($"vcmpeqs{suffix} {Name(d)},{Name(a)},{Name(b)}", asm => asm.CmpEqual(d, a, b, wide));
                    }

                    Is($"vpcmpeqb {Name(d)},{Name(a)},{Name(b)}", asm => asm.CompareBytes(d, a, b));
                    Is($"vandps {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Bits.And, d, a, b));
                    Is($"vandnps {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Bits.AndNot, d, a, b));
                    Is($"vorps {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Bits.Or, d, a, b));
                    Is($"vxorps {Name(d)},{Name(a)},{Name(b)}", asm => asm.Op(Bits.Xor, d, a, b));
                    Is($"vcvtss2sd {Name(d)},{Name(a)},{Name(b)}", asm => asm.ConvertWidth(d, a, b, widen: true));
                    Is($"vcvtsd2ss {Name(d)},{Name(a)},{Name(b)}", asm => asm.ConvertWidth(d, a, b, widen: false));
                }
    }

    [Test]
    public void Two_registers()
    {
        foreach (var a in Registers)
        {
            foreach (var b in Registers)
            {
                if (a != b)
                    Is($"vmovaps {Name(a)},{Name(b)}", asm => asm.Mova(a, b));
                foreach (var (wide, suffix, _) in Widths)
                {
                    Is($"vucomis{suffix} {Name(a)},{Name(b)}", asm => asm.Comis(a, b, wide, quiet: true));
                    Is($"vcomis{suffix} {Name(a)},{Name(b)}", asm => asm.Comis(a, b, wide, quiet: false));
                }
            }

            foreach (var g in Enum.GetValues<Reg>())
            {
                Is($"vmovq {Name(a)},{Name(g)}", asm => asm.Mov(a, g, wide: true));
                Is($"vmovd {Name(a)},{Name(g, wide: false)}", asm => asm.Mov(a, g, wide: false));
                Is($"vmovq {Name(g)},{Name(a)}", asm => asm.Mov(g, a, wide: true));
                Is($"vmovd {Name(g, wide: false)},{Name(a)}", asm => asm.Mov(g, a, wide: false));
                Is($"vpextrd {Name(g, wide: false)},{Name(a)},1", asm => asm.UpperHalf(g, a));
                foreach (var (wide, suffix, _) in Widths)
                    foreach (var long64 in (bool[])[true, false])
                    {
                        Is($"vcvttss2si".Replace("tss", $"ts{suffix}") + $" {Name(g, long64)},{Name(a)}", asm => asm.ToInteger(g, a, wide, long64, truncate: true));
                        Is($"vcvts{suffix}2si {Name(g, long64)},{Name(a)}", asm => asm.ToInteger(g, a, wide, long64, truncate: false));
                        Is($"vcvtsi2s{suffix} {Name(a)},xmm9,{Name(g, long64)}", asm => asm.FromInteger(a, Xmm.Xmm9, g, wide, long64));
                    }
            }
        }
    }

    [Test]
    public void A_register_and_memory()
    {
        foreach (var register in Registers)
            foreach (var @base in Enum.GetValues<Reg>())
                foreach (var (wide, suffix, _) in Widths)
                {
                    var (memory, text) = (Mem.At(@base, 0x12), $"[{Name(@base)}+12h]");
                    Is($"vmovs{suffix} {Name(register)},{text}", asm => asm.Movs(register, memory, wide));
                    Is($"vmovs{suffix} {text},{Name(register)}", asm => asm.Movs(memory, register, wide));
                    Is($"vadds{suffix} {Name(register)},xmm9,{text}", asm => asm.Op(Fp.Add, register, Xmm.Xmm9, memory, wide));
                    Is($"vfmadd231s{suffix} {Name(register)},xmm9,{text}", asm => asm.Op(Fma.Add, register, Xmm.Xmm9, memory, wide));
                    Is($"vxorps {Name(register)},xmm9,{text}", asm => asm.Op(Bits.Xor, register, Xmm.Xmm9, memory));
                    if (@base == Mem.NoIndex)
                        continue;
                    Is($"vmovs{suffix} {Name(register)},[r15+{Name(@base)}+12h]", asm => asm.Movs(register, Mem.At(Reg.R15, @base, 0x12), wide));
                }
    }
}
