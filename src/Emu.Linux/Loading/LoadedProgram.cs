namespace Emu.Linux.Loading;

/// <summary>A program that is mapped and whose stack is laid out; addresses are guest addresses.</summary>
public sealed record LoadedProgram
{
    /// <summary>Where the program itself begins (AT_ENTRY).</summary>
    public required ulong Entry { get; init; }

    /// <summary>Where execution begins: the interpreter's entry, if there is one.</summary>
    public required ulong InitialPc { get; init; }

    /// <summary>Stack pointer at the start; <c>argc</c> lies there.</summary>
    public ulong StackPointer { get; init; }

    /// <summary>What was added to the addresses of the program's file: not 0 for a position-independent one.</summary>
    public ulong LoadBias { get; init; }

    /// <summary>True if the program, not its interpreter, asks for an executable stack (PT_GNU_STACK with PF_X).</summary>
    public bool WantsExecutableStack { get; init; }

    /// <summary>Start of the program's lowest executable segment.</summary>
    public required ulong CodeStart { get; init; }

    /// <summary>End of the program's highest executable segment.</summary>
    public required ulong CodeEnd { get; init; }

    /// <summary>Start of the program's highest segment, which holds its data.</summary>
    public ulong DataStart { get; init; }

    /// <summary>End of the part of that segment that the file fills.</summary>
    public ulong DataEnd { get; init; }

    /// <summary>Where the texts of the arguments begin on the stack.</summary>
    public ulong ArgumentsStart { get; init; }

    /// <summary>Where they end and those of the environment begin.</summary>
    public ulong ArgumentsEnd { get; init; }

    /// <summary>Where the texts of the environment end.</summary>
    public ulong EnvironmentEnd { get; init; }

    /// <summary>First page after the program: the start of the heap that <c>brk</c> moves.</summary>
    public required ulong BreakStart { get; init; }

    /// <summary>Address of the program headers (AT_PHDR).</summary>
    public required ulong HeadersAddress { get; init; }

    /// <summary>Number of program headers (AT_PHNUM).</summary>
    public required int HeaderCount { get; init; }

    /// <summary>Address of the system's own shared object (AT_SYSINFO_EHDR), or 0.</summary>
    public ulong VdsoStart { get; init; }

    /// <summary>Load address of the interpreter (AT_BASE), or 0.</summary>
    public required ulong InterpreterBase { get; init; }
}
