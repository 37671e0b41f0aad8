namespace Emu.Plugins;

/// <summary>How a function of a <see cref="StackFrame"/> was entered.</summary>
public enum FrameKind
{
    /// <summary>The vCPU began there.</summary>
    Start,

    /// <summary>By a call.</summary>
    Call,

    /// <summary>By a jump from another function, in whose place it is.</summary>
    TailCall,

    /// <summary>As a signal's handler.</summary>
    Signal,
}
