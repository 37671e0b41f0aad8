namespace Emu.Linux.Process;

/// <summary>What a guest process starts with. Texts are bytes without a terminating zero, as the kernel passes them.</summary>
public sealed record LinuxProcessOptions
{
    /// <summary>The program's file, as it was named.</summary>
    public required byte[] ProgramPath { get; init; }

    /// <summary>The arguments, the program's own name first.</summary>
    public required IReadOnlyList<byte[]> Arguments { get; init; }

    /// <summary>The environment, <c>NAME=value</c> each.</summary>
    public required IReadOnlyList<byte[]> Environment { get; init; }

    /// <summary>The directory that absolute paths are looked up in first, or null.</summary>
    public string? Sysroot { get; init; }

    /// <summary>Where each system call is written to, or null.</summary>
    public TextWriter? Trace { get; init; }

    /// <summary>Where things are named that the guest asks for and this build does not have, or null.</summary>
    public TextWriter? Unimplemented { get; init; }
}
