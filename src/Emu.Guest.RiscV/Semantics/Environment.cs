using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 2.7, 2.8 and chapters 5 and 7: memory ordering, environment calls, instruction fences and hints.
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

    private partial void Pause()
    {
        _ir.Exit((long)NextPc, (IrFlags)IrExit.Yield);
        Ended = true;
    }
}
