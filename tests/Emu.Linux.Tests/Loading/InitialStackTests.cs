using System.Text;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Linux.Abi;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Loading;

public sealed class InitialStackTests : IDisposable
{
    private static readonly LoadedProgram Program = new()
    {
        Entry = 0x10100, InitialPc = 0x10100, CodeStart = 0x10000, CodeEnd = 0x11000, BreakStart = 0x15000, HeadersAddress = 0x10040, HeaderCount = 2, InterpreterBase = 0,
    };

    private readonly GuestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Test]
    [Arguments(0, 0)]
    [Arguments(1, 0)]
    [Arguments(2, 3)]
    [Arguments(3, 2)]
    public void TheStackHoldsWhatExecvePromises(int argumentCount, int environmentCount)
    {
        var arguments = Enumerable.Range(0, argumentCount).Select(i => RawText.Encode(new string('a', i + 1))).ToArray();
        var environment = Enumerable.Range(0, environmentCount).Select(i => RawText.Encode($"V{i}=x")).ToArray();
        var pointer = Build(arguments, environment);
        Assert.Equal(0UL, pointer % 16);
        Assert.Equal((ulong)argumentCount, Word(ref pointer));
        foreach (var argument in arguments)
            Assert.Equal(argument, Text(Word(ref pointer)));
        Assert.Equal(0UL, Word(ref pointer));
        foreach (var variable in environment)
            Assert.Equal(variable, Text(Word(ref pointer)));
        Assert.Equal(0UL, Word(ref pointer));
        var auxiliary = new Dictionary<AuxiliaryKey, ulong>();
        while (Word(ref pointer) is not 0 and var key)
            auxiliary.Add((AuxiliaryKey)key, Word(ref pointer));
        Assert.Equal(0x112dUL, auxiliary[AuxiliaryKey.HardwareCapabilities]);
        Assert.Equal(4096UL, auxiliary[AuxiliaryKey.PageSize]);
        Assert.Equal(0x10040UL, auxiliary[AuxiliaryKey.ProgramHeaders]);
        Assert.Equal(56UL, auxiliary[AuxiliaryKey.ProgramHeaderSize]);
        Assert.Equal(2UL, auxiliary[AuxiliaryKey.ProgramHeaderCount]);
        Assert.Equal(0x10100UL, auxiliary[AuxiliaryKey.Entry]);
        Assert.Equal(0UL, auxiliary[AuxiliaryKey.InterpreterBase]);
        Assert.Equal("/bin/guest"u8, Text(auxiliary[AuxiliaryKey.ExecutableName]));
        Assert.True(_memory.TryRead(auxiliary[AuxiliaryKey.Random], out UInt128 random) && random != 0);
        Assert.DoesNotContain(AuxiliaryKey.Platform, auxiliary.Keys);
        Assert.True(_memory.TryRead(AddressLayout.StackTop(_memory) - 8, out ulong end) && end == 0);
    }

    [Test]
    public void TooManyArgumentsAreRefused()
    {
        var huge = Encoding.ASCII.GetBytes(new string('x', 3 << 20));
        var problem = Assert.Throws<ProgramLoadException>(() => Build([huge], []));
        Assert.Equal("guest: argument list too long", problem.Message);
        Assert.Equal(126, problem.ExitCode);
    }

    [Test]
    public void TheStackIsFollowedByAnUnmappedPageAndPrecededByAGuard()
    {
        Build([], []);
        Assert.Equal(PagePermissions.None, _memory.PermissionsOf(AddressLayout.StackTop(_memory)));
        var bottom = AddressLayout.StackTop(_memory) - AddressLayout.DefaultStack;
        Assert.Equal(PagePermissions.Read | PagePermissions.Write | PagePermissions.Mapped, _memory.PermissionsOf(bottom));
        Assert.True(AddressLayout.SearchTop(_memory, AddressLayout.DefaultStack) + AddressLayout.StackGuard <= bottom);
    }

    private ulong Build(byte[][] arguments, byte[][] environment) =>
        new InitialStack(_memory, "guest", AddressLayout.DefaultStack).Build(Program, LinuxGuest.Of(new RiscVGuest()), RawText.Encode("/bin/guest"), arguments, environment);

    private ulong Word(ref ulong pointer)
    {
        Assert.True(_memory.TryRead(pointer, out ulong word));
        pointer += 8;
        return word;
    }

    private ReadOnlySpan<byte> Text(ulong address)
    {
        Assert.True(_memory.TryReadString(address, 4096, out var text));
        return text;
    }
}
