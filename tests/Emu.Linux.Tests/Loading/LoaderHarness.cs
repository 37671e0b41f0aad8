using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

/// <summary>Loads files for tests.</summary>
internal static class LoaderHarness
{
    public static LoadedProgram Load(GuestMemory memory, string path, string? sysroot = null)
    {
        var root = new Sysroot(sysroot is null ? null : RawText.Encode(sysroot));
        using var file = ProgramFile.Open(RawText.Encode(path), path, mustBeExecutable: true);
        memory.SearchTop = AddressLayout.SearchTop(memory, AddressLayout.DefaultStack);
        return new ProgramLoader(memory, LinuxGuest.RiscV64, root).Load(file);
    }

    public static ProgramLoadException Refused(string path)
    {
        using var memory = new GuestMemory();
        return Assert.ThrowsExactly<ProgramLoadException>(() => Load(memory, path));
    }

    public static async Task<ProgramLoadException> Refused(byte[] contents)
    {
        using var file = new TemporaryFile(contents);
        var problem = Refused(file.Name);
        await Assert.That(problem.Message).StartsWith(file.Name + ": ");
        await Assert.That(problem.Message).DoesNotContain('\n');
        return problem;
    }
}
