using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

/// <summary>Why hot code goes to cold code.</summary>
internal enum ColdKind : byte
{
    Access,
    QuotientByZero,
    RemainderByZero,
    QuotientByMinusOne,
    RemainderByMinusOne,
    Link,
    FarExit,
    LeaveUnless,
    Hot,
    BudgetAtJump,
    BudgetAtBranch,
    Indirect,
    CanonicalNaN,
    SlowFloat,
    TraceFull,
}

/// <summary>Cold code to be emitted behind the block: where the jump to it stands, where it returns to, and what it needs.</summary>
internal unsafe struct ColdPath
{
    public ColdKind Kind;

    /// <summary>The displacement to be aimed at the cold code.</summary>
    public byte* Site;

    /// <summary>Where hot code goes on.</summary>
    public byte* Return;

    /// <summary>The stub where it ends.</summary>
    public byte* Target;

    /// <summary>The lowest bit of the address does not count.</summary>
    public bool IsMasked;

    public IrInsn Insn;

    /// <summary>Guest address of the instruction, or where an exit goes on.</summary>
    public ulong Pc;

    /// <summary>For a trace's way out: <see cref="EarlySum.WayOutOf"/>.</summary>
    public ulong WayOut;

    public Place A, B, C, D;
    public int Displacement;
    public bool Wide;
}

internal sealed unsafe partial class X64Emitter
{
    private int AddCold(in ColdPath path)
    {
        _coldPaths.Add(path);
        return _coldPaths.Count - 1;
    }

    private int AddCold(ColdKind kind, byte* site) => AddCold(new ColdPath { Kind = kind, Site = site, Pc = _pc });

    /// <summary>The cold path comes back to where hot code stands now.</summary>
    private void ReturnsHere(int index, bool wide)
    {
        var path = _coldPaths[index];
        path.Return = _asm.At;
        // Neither rax nor the flags are what they are on the usual way.
        _heldSlot = NoSlot;
        _flagsOf = IrValue.None;
        path.Wide = wide;
        _coldPaths[index] = path;
    }

    private void EmitCold(in ColdPath path)
    {
        Asm.Aim(path.Site, _cold.At);
        switch (path.Kind)
        {
            case ColdKind.Access:
                EmitColdAccess(path);
                break;
            case ColdKind.QuotientByZero:
                _cold.Mov(Reg.Rax, ulong.MaxValue);
                _cold.Jmp(path.Return);
                break;
            case ColdKind.RemainderByZero:
                _cold.Mov(Reg.Rdx, Reg.Rax);
                _cold.Jmp(path.Return);
                break;
            case ColdKind.QuotientByMinusOne:
                _cold.Neg(Reg.Rax, path.Wide);
                _cold.Jmp(path.Return);
                break;
            case ColdKind.RemainderByMinusOne:
                _cold.Op(Alu.Xor, Reg.Rdx, Reg.Rdx, wide: false);
                _cold.Jmp(path.Return);
                break;
            case ColdKind.Link:
                EmitLinkStub(path);
                break;
            case ColdKind.FarExit:
                EmitFarExit(path);
                break;
            case ColdKind.LeaveUnless:
                EmitColdIndirect(path);
                break;
            case ColdKind.Hot:
                LeaveCold(path.Pc, Stubs.Hot);
                break;
            case ColdKind.BudgetAtJump:
                LeaveLoop(_cold);
                LeaveCold(path.Pc, Stubs.Budget);
                break;
            case ColdKind.BudgetAtBranch:
                EmitBudgetAtBranch(path);
                break;
            case ColdKind.Indirect:
                _cold.Mov(Reg.Rax, path.A.General);
                if (path.IsMasked)
                    _cold.Op(Alu.And, Reg.Rax, ~1);
                _cold.Jmp(path.Target);
                break;
            case ColdKind.CanonicalNaN:
                EmitCanonicalNaN(path);
                break;
            case ColdKind.SlowFloat:
                EmitSlowFloat(path);
                break;
            case ColdKind.TraceFull:
                EmitTraceFull(path);
                break;
        }
    }

    private void LeaveCold(ulong pc, byte* stub)
    {
        _cold.Mov(Reg.Rax, pc);
        _cold.Jmp(stub);
    }
}
