using Emu.Engine.Memory;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

/// <summary>The stack is executable if the program's PT_GNU_STACK says so, and only then.</summary>
public sealed class StackRightsTests
{
    private const uint StackHeader = 0x6474e551; // PT_GNU_STACK
    private const uint ReadWrite = 6;
    private const uint All = 7;

    [Test]
    [Arguments(new uint[0], false)]
    [Arguments(new[] { ReadWrite }, false)]
    [Arguments(new[] { All }, true)]
    [Arguments(new[] { All, ReadWrite }, false)]
    [Arguments(new[] { ReadWrite, All }, true)]
    public async Task The_last_header_counts(uint[] flags, bool executable)
    {
        using var memory = new GuestMemory();
        using var file = new TemporaryFile(WithStack(ElfBuilder.Program(), flags).Build());
        await Assert.That(LoaderHarness.Load(memory, file.Name).WantsExecutableStack).IsEqualTo(executable);
    }

    [Test]
    public async Task The_interpreters_header_does_not_count()
    {
        var root = Directory.CreateTempSubdirectory("emu-root");
        try
        {
            File.WriteAllBytes(Path.Combine(root.FullName, "loader"), WithStack(ElfBuilder.Program(type: 3, start: 0), [All]).Build());
            using var memory = new GuestMemory();
            using var file = new TemporaryFile(WithStack(ElfBuilder.Program(interpreter: "/loader"), [ReadWrite]).Build());
            await Assert.That(LoaderHarness.Load(memory, file.Name, root.FullName).WantsExecutableStack).IsFalse();
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task The_stack_has_the_right(bool executable)
    {
        using var memory = new GuestMemory();
        _ = new InitialStack(memory, "guest", AddressLayout.DefaultStack, executable);
        await Assert.That((memory.PermissionsOf(AddressLayout.StackTop(memory) - 1) & PagePermissions.Execute) != 0).IsEqualTo(executable);
    }

    private static ElfBuilder WithStack(ElfBuilder builder, uint[] flags)
    {
        foreach (var item in flags)
            builder.Header(StackHeader, item);
        return builder;
    }
}
