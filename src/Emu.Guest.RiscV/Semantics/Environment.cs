using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 2.7, 2.8 and chapters 5, 7 and 15: memory ordering, environment calls, instruction fences, pauses.
internal ref partial struct InstructionSemantics
{
    // Any combination of sets is ordered by the one full barrier that the IR has; empty sets order nothing.
    private partial void Fence(uint pred, uint succ)
    {
        if (pred != 0 && succ != 0)
            _ir.Fence();
    }

    private partial void Ecall()
    {
        _ir.Syscall((long)NextPc);
        Ended = true;
    }

    private partial void Ebreak()
    {
        _ir.Trap(_ir.Constant(_pc), (long)IrTrap.Breakpoint);
        Ended = true;
    }

    private partial void FenceI()
    {
        _ir.Exit((long)NextPc, (IrFlags)IrExit.InstructionFence);
        Ended = true;
    }

    private partial void Pause() => Yield();

    // Chapter 15: a wait may end for any reason, at once, too.
    private partial void WrsNto() => Yield();

    private partial void WrsSto() => Yield();

    private void Yield()
    {
        _ir.Exit((long)NextPc, (IrFlags)IrExit.Yield);
        Ended = true;
    }
}
