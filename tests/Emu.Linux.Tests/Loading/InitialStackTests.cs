using System.Text;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Linux.Abi;
using Emu.Linux.Host;
using Emu.Linux.Loading;

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
    public async Task TheStackHoldsWhatExecvePromises(int argumentCount, int environmentCount)
    {
        string[] arguments = [.. Enumerable.Range(0, argumentCount).Select(i => new string('a', i + 1))];
        string[] environment = [.. Enumerable.Range(0, environmentCount).Select(i => $"V{i}=x")];
        var pointer = Build([.. arguments.Select(RawText.Encode)], [.. environment.Select(RawText.Encode)]);
        await Assert.That(pointer % 16).IsEqualTo(0UL);
        await Assert.That(Word(ref pointer)).IsEqualTo((ulong)argumentCount);
        foreach (var argument in arguments)
            await Assert.That(Text(Word(ref pointer))).IsEqualTo(argument);
        await Assert.That(Word(ref pointer)).IsEqualTo(0UL);
        foreach (var variable in environment)
            await Assert.That(Text(Word(ref pointer))).IsEqualTo(variable);
        await Assert.That(Word(ref pointer)).IsEqualTo(0UL);
        var auxiliary = new Dictionary<AuxiliaryKey, ulong>();
        while (Word(ref pointer) is not 0 and var key)
            auxiliary.Add((AuxiliaryKey)key, Word(ref pointer));
        await Assert.That(auxiliary[AuxiliaryKey.HardwareCapabilities]).IsEqualTo(0x112dUL);
        await Assert.That(auxiliary[AuxiliaryKey.PageSize]).IsEqualTo(4096UL);
        await Assert.That(auxiliary[AuxiliaryKey.ProgramHeaders]).IsEqualTo(0x10040UL);
        await Assert.That(auxiliary[AuxiliaryKey.ProgramHeaderSize]).IsEqualTo(56UL);
        await Assert.That(auxiliary[AuxiliaryKey.ProgramHeaderCount]).IsEqualTo(2UL);
        await Assert.That(auxiliary[AuxiliaryKey.Entry]).IsEqualTo(0x10100UL);
        await Assert.That(auxiliary[AuxiliaryKey.InterpreterBase]).IsEqualTo(0UL);
        await Assert.That(Text(auxiliary[AuxiliaryKey.ExecutableName])).IsEqualTo("/bin/guest");
        await Assert.That(_memory.TryRead(auxiliary[AuxiliaryKey.Random], out UInt128 random) && random != 0).IsTrue();
        await Assert.That(auxiliary.Keys).DoesNotContain(AuxiliaryKey.Platform);
        await Assert.That(_memory.TryRead(AddressLayout.StackTop(_memory) - 8, out ulong end) && end == 0).IsTrue();
    }

    [Test]
    public async Task TooManyArgumentsAreRefused()
    {
        var huge = Encoding.ASCII.GetBytes(new string('x', 3 << 20));
        var problem = Assert.ThrowsExactly<ProgramLoadException>(() => Build([huge], []));
        await Assert.That(problem.Message).IsEqualTo("guest: argument list too long");
        await Assert.That(problem.ExitCode).IsEqualTo(126);
    }

    [Test]
    public async Task TheStackIsFollowedByAnUnmappedPageAndPrecededByAGuard()
    {
        Build([], []);
        await Assert.That(_memory.PermissionsOf(AddressLayout.StackTop(_memory))).IsEqualTo(PagePermissions.None);
        var bottom = AddressLayout.StackTop(_memory) - AddressLayout.DefaultStack;
        await Assert.That(_memory.PermissionsOf(bottom)).IsEqualTo(PagePermissions.Read | PagePermissions.Write | PagePermissions.Mapped);
        await Assert.That(AddressLayout.SearchTop(_memory, AddressLayout.DefaultStack) + AddressLayout.StackGuard).IsLessThanOrEqualTo(bottom);
    }

    private ulong Build(byte[][] arguments, byte[][] environment) =>
        new InitialStack(_memory, "guest", AddressLayout.DefaultStack).Build(Program, LinuxGuest.Of(new RiscVGuest()), RawText.Encode("/bin/guest"), arguments, environment);

    private ulong Word(ref ulong pointer)
    {
        if (!_memory.TryRead(pointer, out ulong word))
            Assert.Fail($"no word can be read at 0x{pointer:x}");
        pointer += 8;
        return word;
    }

    private string Text(ulong address)
    {
        if (!_memory.TryReadString(address, 4096, out var text))
            Assert.Fail($"no text can be read at 0x{address:x}");
        return RawText.Decode(text);
    }
}
