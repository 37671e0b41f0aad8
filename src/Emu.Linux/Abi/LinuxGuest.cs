using Emu.Engine.Contracts;
using Emu.Linux.Signals;

namespace Emu.Linux.Abi;

/// <summary>What Linux knows of a guest architecture beyond its instructions.</summary>
internal sealed record LinuxGuest
{
    /// <summary>Name as <c>uname -m</c> prints it.</summary>
    public required string Machine { get; init; }

    /// <summary><c>e_machine</c> of its programs.</summary>
    public required ushort ElfMachine { get; init; }

    /// <summary>The extensions of the instruction set that programs are told of.</summary>
    public IReadOnlyList<GuestExtension> Extensions { get; init; } = [];

    /// <summary>AT_HWCAP, from the extensions.</summary>
    public required Func<IReadOnlyList<GuestExtension>, ulong> HardwareCapabilities { get; init; }

    /// <summary>AT_PLATFORM, or null if this architecture has none.</summary>
    public string? Platform { get; init; }

    /// <summary>Instruction addresses are multiples of this; lower bits of an entry point are dropped by the hardware.</summary>
    public required ulong InstructionAlignment { get; init; }

    /// <summary>Bytes of the instruction that makes a system call.</summary>
    public required ulong SyscallLength { get; init; }

    /// <summary>Text of <c>/proc/cpuinfo</c> for extensions and a number of processors.</summary>
    public required Func<IReadOnlyList<GuestExtension>, int, string> ProcessorInfo { get; init; }

    /// <summary>Maps the shared object with the system's functions: its address, and where a signal handler returns to; zeros where there is no room.</summary>
    public required Func<Emu.Engine.Memory.GuestMemory, (ulong Start, ulong SignalReturn)> MapVdso { get; init; }

    /// <summary>Makes the description of its signal frames.</summary>
    internal required Func<IGuest, SignalFrame> SignalFrame { get; init; }

    /// <summary>
    /// riscv64: one HWCAP bit per letter of the instruction set (arch/riscv/include/uapi/asm/hwcap.h); the kernel passes no
    /// AT_PLATFORM (ELF_PLATFORM is NULL there).
    /// </summary>
    public static LinuxGuest RiscV64 { get; } = new()
    {
        Machine = "riscv64", ElfMachine = 243, InstructionAlignment = 2, SyscallLength = 4, HardwareCapabilities = Letters,
        SignalFrame = static guest => new RiscV64SignalFrame(guest),
        MapVdso = RiscV64Vdso.Map,
        ProcessorInfo = RiscV64ProcessorInfo.Of,
    };

    /// <summary>The description of a guest.</summary>
    /// <exception cref="NotSupportedException">User-mode Linux does not know that guest.</exception>
    public static LinuxGuest Of(IGuest guest) =>
        guest.Name == RiscV64.Machine
            ? RiscV64 with { Extensions = guest.Extensions }
            : throw new NotSupportedException($"no user-mode Linux for guest {guest.Name}");

    private static ulong Letters(IReadOnlyList<GuestExtension> extensions)
    {
        var bits = 0UL;
        foreach (var extension in extensions)
            if (extension.Name.Length == 1)
                bits |= 1UL << (extension.Name[0] - 'a');
        return bits;
    }
}
