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

    /// <summary>
    /// True if the host process is there for this guest alone, so that its signals are the guest's: those that the guest sends to itself go through the host's kernel like all others.
    /// </summary>
    public bool OwnsHostProcess { get; init; }

    /// <summary>SIGPIPE was ignored when the guest was started.</summary>
    public bool IgnoresBrokenPipes { get; init; }

    /// <summary>What to start the emulator again with when the guest executes a program, or null if that is refused.</summary>
    public ExecutionOptions? Execution { get; init; }

    /// <summary>Called before the process is copied (fork(2)), while no vCPU runs: buffered output would be written twice. May be null.</summary>
    public Action? Forking { get; init; }

    /// <summary>Called in the copy, before anything else runs there, for what must not be shared with the parent. May be null.</summary>
    public Action? Forked { get; init; }

    /// <summary>
    /// Called when the process executes another program and nothing is known to be in the way, on the thread that does, outside translated code. Not for a child that shares its
    /// parent's memory. May be null.
    /// </summary>
    public Action? Executing { get; init; }

    /// <summary>Ends a forked child on a thread that did not start the process: reports, and ends the host process as the guest ended. Required of those who fork.</summary>
    public Action<GuestExit>? Ending { get; init; }
}
