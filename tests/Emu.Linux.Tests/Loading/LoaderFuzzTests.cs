using System.Buffers.Binary;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

/// <summary>Mutated ELF files end in a loaded program or in a <see cref="ProgramLoadException"/>, whatever their headers say.</summary>
public sealed class LoaderFuzzTests
{
    private static readonly ulong[] Edges =
        [0, 1, 7, 0x38, 0xfff, 0x1000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x3f_ffff_ffff, 0x40_0000_0000, 1UL << 47, 1UL << 63, ulong.MaxValue];

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(4)]
    public async Task MutatedFilesLoadOrAreRefused(int seed)
    {
        var random = new Random(seed);
        var (loaded, refused) = (0, 0);
        using var interpreter = new TemporaryFile(ElfBuilder.Program(type: 3, start: 0).Build());
        byte[][] seeds =
        [
            ElfBuilder.Program().Build(),
            ElfBuilder.Program(type: 3, start: 0).Build(),
            ElfBuilder.Program(type: 3, start: 0, interpreter: interpreter.Name).Build(),
        ];
        using var memory = new GuestMemory();
        using var file = new TemporaryFile([]);
        for (var round = 0; round < 2500; round++)
        {
            var contents = Mutate(seeds[random.Next(seeds.Length)], random);
            File.WriteAllBytes(file.Name, contents);
            try
            {
                var program = LoaderHarness.Load(memory, file.Name);
                new InitialStack(memory, file.Name, AddressLayout.DefaultStack).Build(program, LinuxGuest.RiscV64, RawText.Encode(file.Name), [], []);
                loaded++;
            }
            catch (ProgramLoadException problem)
            {
                await Assert.That(problem.ExitCode is 126 or 127).IsTrue().Because($"seed {seed}, round {round}");
                await Assert.That(problem.Message.Contains('\n')).IsFalse().Because($"seed {seed}, round {round}: {problem.Message}");
                refused++;
            }
            catch (Exception problem)
            {
                Assert.Fail($"seed {seed}, round {round}: {problem}");
            }

            memory.Unmap(0, GuestMemory.Size);
        }

        await Assert.That(loaded > 100 && refused > 100).IsTrue().Because($"seed {seed}: {loaded} loaded, {refused} refused");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var contents = (byte[])original.Clone();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var offset = random.Next(ElfBuilder.HeaderSize + 3 * ElfBuilder.ProgramHeaderSize);
            if (random.Next(2) == 0)
                contents[offset] ^= (byte)(1 << random.Next(8));
            else
                BinaryPrimitives.WriteUInt64LittleEndian(contents.AsSpan(offset & ~7), Edges[random.Next(Edges.Length)]);
        }

        return random.Next(20) == 0 ? contents[..random.Next(contents.Length)] : contents;
    }
}
