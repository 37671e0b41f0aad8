namespace Emu.Engine.Execution;

/// <summary>Why translated code returned to the vCPU loop. <see cref="VCpuState.Pc"/> says where to go on.</summary>
public enum ExitReason
{
    /// <summary>The budget is used up, or work waits.</summary>
    Budget,
    /// <summary>The next block is not in the jump cache.</summary>
    Lookup,
    /// <summary>As <see cref="Lookup"/>, and the exit at <see cref="VCpuState.Position"/> can be linked to the next block.</summary>
    Link,
    /// <summary>The block at <see cref="VCpuState.Pc"/> was entered so often that it is to become a trace; nothing of it has run.</summary>
    Hot,
    /// <summary>System call.</summary>
    Syscall,
    /// <summary>Guest exception: <see cref="VCpuState.Cause"/> is the <see cref="Ir.IrTrap"/>.</summary>
    Trap,
    /// <summary>Memory fault at <see cref="VCpuState.FaultAddress"/>: <see cref="VCpuState.Cause"/> is the right that was asked for.</summary>
    Fault,
    /// <summary>An <see cref="Ir.IrOp.Exit"/>: <see cref="VCpuState.Cause"/> is the <see cref="Ir.IrExit"/>.</summary>
    Exit,
    /// <summary>A plugin's callback threw; <see cref="VCpuState.Position"/> is where to resume.</summary>
    PluginFailed,
}
