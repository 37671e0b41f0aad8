namespace Emu.Linux.Process;

/// <summary>Who runs the programs that a guest executes.</summary>
public enum ExecutionMode
{
    /// <summary>Programs for the guest's machine run in the emulator, others on the host, as when the guest's format is registered with the host's kernel (binfmt_misc).</summary>
    Native,
    /// <summary>Programs for the guest's machine run in the emulator; others cannot be executed (ENOEXEC).</summary>
    Emulate,
    /// <summary>None can be executed (EACCES).</summary>
    Deny,
}

/// <summary>How a guest's execve(2) starts the emulator again.</summary>
/// <param name="Mode">Who runs what.</param>
/// <param name="Emulator">Descriptor of the emulator's own file.</param>
/// <param name="Arguments">The emulator's name and its options, as far as they are for every program.</param>
public sealed record ExecutionOptions(ExecutionMode Mode, int Emulator, IReadOnlyList<byte[]> Arguments);
