using Emu.Backend.X64.Assembly;
using static Emu.Backend.X64.Tests.Assembly.Decoded;

namespace Emu.Backend.X64.Tests.Assembly;

/// <summary>The integer instructions, with every register in every place.</summary>
public sealed class IntegerFormTests
{
    private static readonly Reg[] Registers = Enum.GetValues<Reg>();
    private static readonly bool[] Widths = [true, false];

    /// <summary>Memory operands with the encodings that are special: bases 4, 5, 12 and 13, displacements of all sizes, indexes.</summary>
    private static IEnumerable<(Mem Memory, string Text)> Operands()
    {
        foreach (var register in Registers)
        {
            yield return (Mem.At(register), $"[{Name(register)}]");
            yield return (Mem.At(register, 0x7F), $"[{Name(register)}+7Fh]");
            yield return (Mem.At(register, -0x80), $"[{Name(register)}-80h]");
            yield return (Mem.At(register, 0x80), $"[{Name(register)}+80h]");
            if (register == Mem.NoIndex)
                continue;
            yield return (Mem.At(Reg.R15, register, 5), $"[r15+{Name(register)}+5]");
            yield return (Mem.At(Reg.Rbp, register, 0x1234567, scale: 3), $"[rbp+{Name(register)}*8+1234567h]");
        }
    }

    [Test]
    public void Two_registers()
    {
        foreach (var d in Registers)
            foreach (var s in Registers)
                foreach (var wide in Widths)
                {
                    if (d != s || !wide)
                        Is($"mov {Name(d, wide)},{Name(s, wide)}", asm => asm.Mov(d, s, wide));
                    foreach (var op in Enum.GetValues<Alu>())
                        Is($"{op.ToString().ToLowerInvariant()} {Name(d, wide)},{Name(s, wide)}", asm => asm.Op(op, d, s, wide));
                    Is($"test {Name(d, wide)},{Name(s, wide)}", asm => asm.Test(d, s, wide));
                    Is($"imul {Name(d, wide)},{Name(s, wide)}", asm => asm.Imul(d, s, wide));
                    // Iced shortens what names a register twice.
                    Is(d == s ? $"imul {Name(d, wide)},1234567h" : $"imul {Name(d, wide)},{Name(s, wide)},1234567h", asm => asm.Imul(d, s, 0x1234567, wide));
                    foreach (var count in Registers)
                    {
                        Is($"shlx {Name(d, wide)},{Name(s, wide)},{Name(count, wide)}", asm => asm.Shl(d, s, count, wide));
                        Is($"shrx {Name(d, wide)},{Name(s, wide)},{Name(count, wide)}", asm => asm.Shr(d, s, count, wide));
                        Is($"sarx {Name(d, wide)},{Name(s, wide)},{Name(count, wide)}", asm => asm.Sar(d, s, count, wide));
                    }

                    if (wide)
                    {
                        Is($"andn {Name(d)},{Name(s)},r9", asm => asm.Andn(d, s, Reg.R9));
                        Is($"lzcnt {Name(d)},{Name(s)}", asm => asm.Count(BitCount.LeadingZeros, d, s));
                        Is($"tzcnt {Name(d)},{Name(s)}", asm => asm.Count(BitCount.TrailingZeros, d, s));
                        Is($"popcnt {Name(d)},{Name(s)}", asm => asm.Count(BitCount.Ones, d, s));
                    }

                    Is($"rorx {Name(d, wide)},{Name(s, wide)},5", asm => asm.Rorx(d, s, 5, wide));
                }
    }

    [Test]
    public void Extensions_and_conditions()
    {
        foreach (var d in Registers)
            foreach (var s in Registers)
            {
                Is($"movzx {Narrow[(int)d]},{Bytes[(int)s]}", asm => asm.Extend(d, s, 1, signed: false));
                Is($"movsx {Wide[(int)d]},{Bytes[(int)s]}", asm => asm.Extend(d, s, 1, signed: true));
                Is($"movzx {Narrow[(int)d]},{Words[(int)s]}", asm => asm.Extend(d, s, 2, signed: false));
                Is($"movsx {Wide[(int)d]},{Words[(int)s]}", asm => asm.Extend(d, s, 2, signed: true));
                Is($"mov {Narrow[(int)d]},{Narrow[(int)s]}", asm => asm.Extend(d, s, 4, signed: false));
                Is($"movsxd {Wide[(int)d]},{Narrow[(int)s]}", asm => asm.Extend(d, s, 4, signed: true));
                foreach (var (condition, name) in Conditions)
                    Is($"cmov{name} {Name(d)},{Name(s)}", asm => asm.Cmov(condition, d, s));
            }
    }

    [Test]
    public void One_register()
    {
        foreach (var d in Registers)
        {
            foreach (var (condition, name) in Conditions)
                Is($"set{name} {Bytes[(int)d]}", asm => asm.Set(condition, d));
            Is($"test {Bytes[(int)d]},7", asm => asm.TestLow(d, 7));
            Is($"not {Name(d)}", asm => asm.Not(d));
            Is($"bswap {Name(d)}", asm => asm.Bswap(d));
            Is($"push {Name(d)}", asm => asm.Push(d));
            Is($"pop {Name(d)}", asm => asm.Pop(d));
            Is($"jmp {Name(d)}", asm => asm.Jmp(d));
            Is($"mul {Name(d)}", asm => asm.MulWide(d, signed: false));
            Is($"imul {Name(d)}", asm => asm.MulWide(d, signed: true));
            Is($"mov {Narrow[(int)d]},0FFFFFFFFh", asm => asm.Mov(d, 0xFFFFFFFF));
            Is($"mov {Name(d)},0FFFFFFFFFFFFFFFEh", asm => asm.Mov(d, ulong.MaxValue - 1));
            Is($"mov {Name(d)},123456789ABCDEF0h", asm => asm.Mov(d, 0x123456789ABCDEF0));
            foreach (var wide in Widths)
            {
                Is($"neg {Name(d, wide)}", asm => asm.Neg(d, wide));
                Is($"div {Name(d, wide)}", asm => asm.Div(d, signed: false, wide));
                Is($"idiv {Name(d, wide)}", asm => asm.Div(d, signed: true, wide));
                Is($"shl {Name(d, wide)},5", asm => asm.ShiftBy(Shift.Left, d, 5, wide));
                Is($"shr {Name(d, wide)},5", asm => asm.ShiftBy(Shift.Right, d, 5, wide));
                Is($"sar {Name(d, wide)},5", asm => asm.ShiftBy(Shift.RightArithmetic, d, 5, wide));
                foreach (var op in Enum.GetValues<Alu>())
                {
                    Is($"{op.ToString().ToLowerInvariant()} {Name(d, wide)},7Fh", asm => asm.Op(op, d, 0x7F, wide));
                    Is($"{op.ToString().ToLowerInvariant()} {Name(d, wide)},80h", asm => asm.Op(op, d, 0x80, wide));
                }
            }
        }
    }

    [Test]
    public void A_register_and_memory()
    {
        foreach (var register in Registers)
            foreach (var (memory, text) in Operands())
            {
                Is($"lea {Name(register)},{text}", asm => asm.Lea(register, memory));
                Is($"lock cmpxchg {text},{Name(register)}", asm => { asm.Lock(); asm.Cmpxchg(memory, register, wide: true); });
                Is($"lock xadd {text},{Narrow[(int)register]}", asm => { asm.Lock(); asm.Xadd(memory, register, wide: false); });
                Is($"xchg {Name(register)},{text}", asm => asm.Xchg(memory, register, wide: true));
                foreach (var wide in Widths)
                {
                    Is($"mov {Name(register, wide)},{text}", asm => asm.Mov(register, memory, wide));
                    Is($"mov {text},{Name(register, wide)}", asm => asm.Mov(memory, register, wide));
                    Is($"imul {Name(register, wide)},{text}", asm => asm.Imul(register, memory, wide));
                    Is($"imul {Name(register, wide)},{text},1234567h", asm => asm.Imul(register, memory, 0x1234567, wide));
                    Is($"add {Name(register, wide)},{text}", asm => asm.Op(Alu.Add, register, memory, wide));
                    Is($"cmp {text},{Name(register, wide)}", asm => asm.Op(Alu.Cmp, memory, register, wide));
                    Is($"shlx {Name(register, wide)},{text},{Name(Reg.R9, wide)}", asm => asm.Shl(register, memory, Reg.R9, wide));
                    Is($"shrx {Name(register, wide)},{text},{Name(Reg.R9, wide)}", asm => asm.Shr(register, memory, Reg.R9, wide));
                    Is($"sarx {Name(register, wide)},{text},{Name(Reg.R9, wide)}", asm => asm.Sar(register, memory, Reg.R9, wide));
                }

                Is($"cmove {Name(register)},{text}", asm => asm.Cmov(Cond.Equal, register, memory));
                Is($"mov {text},{Bytes[(int)register]}", asm => asm.Store(memory, register, 1));
                Is($"mov {text},{Words[(int)register]}", asm => asm.Store(memory, register, 2));
                Is($"mov {text},{Narrow[(int)register]}", asm => asm.Store(memory, register, 4));
                Is($"mov {text},{Wide[(int)register]}", asm => asm.Store(memory, register, 8));
                Is($"movzx {Narrow[(int)register]},byte {text}", asm => asm.Load(register, memory, 1, signed: false));
                Is($"movsx {Wide[(int)register]},byte {text}", asm => asm.Load(register, memory, 1, signed: true));
                Is($"movzx {Narrow[(int)register]},word {text}", asm => asm.Load(register, memory, 2, signed: false));
                Is($"movsx {Wide[(int)register]},word {text}", asm => asm.Load(register, memory, 2, signed: true));
                Is($"mov {Narrow[(int)register]},{text}", asm => asm.Load(register, memory, 4, signed: false));
                Is($"movsxd {Wide[(int)register]},{text}", asm => asm.Load(register, memory, 4, signed: true));
                Is($"mov {Wide[(int)register]},{text}", asm => asm.Load(register, memory, 8, signed: false));
            }
    }

    [Test]
    public void Memory_alone()
    {
        foreach (var (memory, text) in Operands())
        {
            Is($"mov byte {text},12h", asm => asm.Store(memory, 0x12, 1));
            Is($"mov word {text},1234h", asm => asm.Store(memory, 0x1234, 2));
            Is($"mov dword {text},12345678h", asm => asm.Store(memory, 0x12345678, 4));
            Is($"mov qword {text},12345678h", asm => asm.Store(memory, 0x12345678, 8));
            Is($"mov dword {text},12345678h", asm => asm.Mov(memory, 0x12345678, wide: false));
            Is($"sar qword {text},5", asm => asm.ShiftBy(Shift.RightArithmetic, memory, 5));
            Is($"mul qword {text}", asm => asm.MulWide(memory, signed: false));
            Is($"idiv dword {text}", asm => asm.Div(memory, signed: true, wide: false));
            Is($"jmp qword {text}", asm => asm.Jmp(memory));
            Is($"call qword {text}", asm => asm.Call(memory));
            Is($"stmxcsr {text}", asm => asm.Stmxcsr(memory));
            Is($"ldmxcsr {text}", asm => asm.Ldmxcsr(memory));
            foreach (var op in Enum.GetValues<Alu>())
            {
                Is($"{op.ToString().ToLowerInvariant()} qword {text},7Fh", asm => asm.Op(op, memory, 0x7F));
                Is($"{op.ToString().ToLowerInvariant()} dword {text},1234567h", asm => asm.Op(op, memory, 0x1234567, wide: false));
            }
        }
    }

    [Test]
    public void No_operand()
    {
        Is("ret", asm => asm.Ret());
        Is("ud2", asm => asm.Ud2());
        Is("cdq", asm => asm.SignIntoRdx(wide: false));
        Is("cqo", asm => asm.SignIntoRdx(wide: true));
    }

    private static readonly (Cond, string)[] Conditions =
    [
        (Cond.Overflow, "o"), (Cond.NoOverflow, "no"), (Cond.Below, "b"), (Cond.AboveEqual, "ae"), (Cond.Equal, "e"), (Cond.NotEqual, "ne"), (Cond.BelowEqual, "be"),
        (Cond.Above, "a"), (Cond.Sign, "s"), (Cond.NoSign, "ns"), (Cond.Parity, "p"), (Cond.NoParity, "np"), (Cond.Less, "l"), (Cond.GreaterEqual, "ge"),
        (Cond.LessEqual, "le"), (Cond.Greater, "g"),
    ];
}
