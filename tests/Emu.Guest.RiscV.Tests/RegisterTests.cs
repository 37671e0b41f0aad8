using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Registers as debuggers and plugins get them.</summary>
public class RegisterTests
{
    private static readonly Dictionary<string, GuestRegister> Registers = RiscVRegisters.All.ToDictionary(static register => register.Name);

    /// <summary>GDB's riscv-tdep.h: integers from 0, the program counter, floats from 33, control registers from 65.</summary>
    [Test]
    public async Task Their_numbers_are_those_of_debuggers()
    {
        string[] names = ["zero", "t6", "pc", "ft0", "ft11", "fflags", "frm", "fcsr", "cycle", "time", "instret"];
        await Assert.That(names.Select(static name => Registers[name].Number))
            .IsEquivalentTo([0, 31, 32, 33, 64, 66, 67, 68, 65 + 0xc00, 65 + 0xc01, 65 + 0xc02], CollectionOrdering.Matching);
        await Assert.That(RiscVRegisters.All.Select(static register => register.Number)).IsInOrder();
    }

    [Test]
    public async Task What_is_written_is_read_as_far_as_the_register_can_hold_it()
    {
        var state = new byte[RiscVState.Size];
        await Assert.That(Written(state, "zero", 5)).IsEqualTo(0UL);
        await Assert.That(Written(state, "a0", 0x123456789abcdef0)).IsEqualTo(0x123456789abcdef0UL);
        await Assert.That(Written(state, "frm", 0xfa)).IsEqualTo(2UL);
        await Assert.That(Written(state, "time", 0)).IsGreaterThan(0UL);
    }

    [Test]
    public async Task The_status_register_is_rounding_mode_and_flags()
    {
        var state = new byte[RiscVState.Size];
        await Assert.That(Written(state, "fcsr", 0xffff)).IsEqualTo(0xffUL);
        await Assert.That(Read(state, "fflags")).IsEqualTo(0x1fUL);
        await Assert.That(Read(state, "frm")).IsEqualTo(7UL);
        Written(state, "frm", 2);
        await Assert.That(Read(state, "fcsr")).IsEqualTo(0x5fUL);
    }

    [Test]
    public async Task A_register_is_found_by_the_architecture_s_names()
    {
        await Assert.That(RiscVRegisters.Of(XRegister.A0)).IsEqualTo(Registers["a0"]);
        await Assert.That(RiscVRegisters.Of(FRegister.Fa0)).IsEqualTo(Registers["fa0"]);
        await Assert.That(RiscVRegisters.Pc).IsEqualTo(Registers["pc"]);
    }

    private static ulong Written(byte[] state, string name, ulong value)
    {
        Write(state, name, value);
        return Read(state, name);
    }

    private static unsafe void Write(byte[] state, string name, ulong value)
    {
        fixed (byte* start = state)
            Registers[name].Write((VCpuState*)start, value);
    }

    private static unsafe ulong Read(byte[] state, string name)
    {
        fixed (byte* start = state)
            return Registers[name].Read((VCpuState*)start);
    }
}
