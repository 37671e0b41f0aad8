namespace Emu.Plugins;

/// <summary>Which ways out of an instruction that may divert the program a callback or inline operation is for. The numbers are other than those of <see cref="AccessKind"/>, so that a record of a trace tells which it is of.</summary>
[Flags]
public enum EdgeKind
{
    /// <summary>None: nothing is installed.</summary>
    None = 0,
    /// <summary>To where the instruction sends the program: a branch that is taken, a jump, a call, a return.</summary>
    Taken = 4,
    /// <summary>A branch that is not taken goes on behind itself.</summary>
    FallThrough = 8,
    /// <summary>Both.</summary>
    Both = Taken | FallThrough,
}
