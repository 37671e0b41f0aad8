namespace Emu.Plugins;

/// <summary>Where an instruction may send the program, as far as the instruction alone tells: an indirect jump to a function's end, or a jump out of one, may be anything to its compiler.</summary>
public enum ControlFlow
{
    /// <summary>To the next instruction.</summary>
    Next,

    /// <summary>To its target or to the next instruction.</summary>
    Branch,

    /// <summary>To its target.</summary>
    Jump,

    /// <summary>To an address from a register.</summary>
    IndirectJump,

    /// <summary>To its target, and keeps a way back.</summary>
    Call,

    /// <summary>To an address from a register, and keeps a way back.</summary>
    IndirectCall,

    /// <summary>Back to where a call came from.</summary>
    Return,

    /// <summary>Back to where a call came from, and keeps a way back from there: two coroutines that call each other.</summary>
    ReturnAndCall,

    /// <summary>Into the operating system or a debugger, which decides.</summary>
    System,
}
