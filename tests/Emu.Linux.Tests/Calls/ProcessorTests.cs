using Emu.Guest.RiscV;
using Emu.Linux.Abi;

namespace Emu.Linux.Tests.Calls;

/// <summary>Programs are told of the extensions that the CPU has, and of no others.</summary>
public sealed class ProcessorTests
{
    private const int OpenAt = 56, Read = 63, HardwareProbe = 258;
    private const ulong CurrentDirectory = unchecked((ulong)-100L);
    private const ulong Path = CallHarness.Buffer + 0x8000;

    [Test]
    [Arguments("rv64gc", "rv64imafdc_zicntr_zicsr_zifencei")]
    [Arguments("rva22u64,-zicbop", "rv64imafdc_zicbom_zicboz_zicntr_zicsr_zifencei_zihintpause_zfhmin_zba_zbb_zbs")]
    [Arguments("max,-d,-zbkb", "rv64imafc_zicbom_zicbop_zicboz_zicntr_zicond_zicsr_zifencei_zihintntl_zihintpause_zimop_zabha_zacas_zawrs_zfa_zfh_zfhmin_zcb_zcmop_zba_zbb_zbc_zbkc_zbs")]
    public async Task Cpuinfo_lists_them_in_the_kernels_order(string cpu, string isa)
    {
        using var guest = new CallHarness(cpu: Parse(cpu));
        guest.Text("/proc/cpuinfo", Path);
        var fd = (ulong)guest.Call(OpenAt, CurrentDirectory, Path, 0, 0);
        var length = guest.Call(Read, fd, CallHarness.Buffer, 0x4000);
        await Assert.That(guest.ReadText(CallHarness.Buffer, (int)length)).StartsWith($"processor\t: 0\nhart\t\t: 0\nisa\t\t: {isa}\nmmu\t\t: sv39\n");
    }

    /// <summary>The bits are those of arch/riscv/include/uapi/asm/hwprobe.h.</summary>
    [Test]
    [Arguments("rv64gc", 4UL, 1UL | 1UL << 1 | 1UL << 43 | 1UL << 50 | 1UL << 56 | 1UL << 57)]
    [Arguments("rv64gc,-d,-zicntr,-c,-a,+zba,+zbb,+zbs", 4UL, 1UL << 3 | 1UL << 4 | 1UL << 5)]
    [Arguments("rv64gc,-d,-zicntr,-c,+zacas,+zfa,+zicond", 4UL, 1UL << 32 | 1UL << 34 | 1UL << 35 | 1UL << 56 | 1UL << 57)]
    [Arguments("rv64gc", 3UL, 1UL)]
    [Arguments("rv64gc,-m", 3UL, 0UL)]
    [Arguments("rv64gc", 6UL, 0UL)]
    [Arguments("rv64gc,+zicboz", 6UL, 64UL)]
    [Arguments("max", 12UL, 64UL)]
    [Arguments("max,-zicbop", 15UL, 0UL)]
    public async Task Hwprobe_tells_of_them(string cpu, ulong key, ulong expected)
    {
        using var guest = new CallHarness(cpu: Parse(cpu));
        guest.Memory.TryWrite(CallHarness.Buffer, key);
        await Assert.That(guest.Call(HardwareProbe, CallHarness.Buffer, 1, 0, 0, 0)).IsEqualTo(0);
        await Assert.That(guest.Read<ulong>(CallHarness.Buffer + 8)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("max", "imafdc")]
    [Arguments("rv64gc,-c,-f", "ima")]
    public async Task Capabilities_are_the_letters(string cpu, string letters)
    {
        var guest = LinuxGuest.Of(new RiscVGuest(Parse(cpu)));
        await Assert.That(guest.HardwareCapabilities(guest.Extensions)).IsEqualTo(letters.Aggregate(0UL, static (bits, letter) => bits | 1UL << (letter - 'a')));
    }

    private static CpuModel Parse(string text) =>
        CpuOption.TryParse(text, out var cpu, out var error) ? cpu : throw new ArgumentException(error, nameof(text));
}
