using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;
using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.Sequences;

/// <summary>
/// Random instruction sequences leave the same registers, flags and memory in the engine and in <c>qemu-riscv64</c>, and in the engine however
/// blocks are made.
/// </summary>
public sealed class SequenceTests
{
    private const int SequencesPerProgram = 250;
    private const int Instructions = 40;

    private static readonly RiscVGuest Guest = new();

    public static IEnumerable<int> Seeds() => [.. Enumerable.Range(1, 12)];

    [Test]
    [MethodDataSource(nameof(Seeds))]
    public async Task Sequences_end_as_in_qemu(int seed)
    {
        Skip.Unless(Oracle.Qemu.Path is not null, Oracle.Qemu.SkipReason);
        var program = Program(seed, CpuModel.General);
        var expected = await QemuRun.Of(program, TestContext.Current!.Execution.CancellationToken);
        Compare(program, expected, EngineRun.Of(program, new TranslationOptions()), $"seed {seed}");
    }

    /// <summary>Every extension, in a QEMU that knows them. It lets no program clean or flush a cache block; Linux does (since 6.15).</summary>
    [Test]
    [MethodDataSource(nameof(Seeds))]
    public async Task Sequences_of_every_extension_end_as_in_a_newer_qemu(int seed)
    {
        Skip.Unless(QemuRun.Newer is not null, QemuRun.NoNewer);
        Assert.True(CpuOption.TryParse("max,-zicbom", out var cpu, out var error), error);
        var program = Program(seed, cpu);
        var expected = await QemuRun.OfEveryExtension(program, TestContext.Current!.Execution.CancellationToken);
        Compare(program, expected, EngineRun.Of(program, new TranslationOptions()), $"seed {seed}");
    }

    [Test]
    [Arguments(1, PassSet.All, true)]
    [Arguments(1, PassSet.None, false)]
    [Arguments(3, PassSet.All, true)]
    [Arguments(512, PassSet.None, true)]
    [Arguments(512, PassSet.All, false)]
    public void Sequences_end_the_same_however_blocks_are_made(int maxInstructions, PassSet passes, bool fuse)
    {
        for (var seed = 100; seed < 102; seed++)
        {
            var program = Program(seed, CpuModel.Max);
            var expected = EngineRun.Of(program, new TranslationOptions());
            var actual = EngineRun.Of(program, new TranslationOptions { MaxInstructions = maxInstructions, Passes = passes, Verify = true }, fuse);
            Compare(program, expected, actual, $"seed {seed}");
        }
    }

    private static SequenceProgram Program(int seed, CpuModel cpu)
    {
        var source = new SequenceSource(seed, cpu);
        return new SequenceProgram([.. Enumerable.Range(0, SequencesPerProgram).Select(_ => source.Next(Instructions))], seed);
    }

    private static void Compare(SequenceProgram program, byte[] expected, byte[] actual, string what)
    {
        Assert.Equal(program.Sequences.Count * SequenceProgram.DumpSize, expected.Length);
        Assert.Equal(expected.Length, actual.Length);
        var same = expected.AsSpan().CommonPrefixLength(actual);
        if (same == expected.Length)
            return;
        var number = same / SequenceProgram.DumpSize;
        var dump = new Range(number * SequenceProgram.DumpSize, (number + 1) * SequenceProgram.DumpSize);
        Assert.Fail($"{what}, sequence {number}:\n{Differences(expected.AsSpan(dump), actual.AsSpan(dump))}{Describe(program.Sequences[number])}");
    }

    private static string Differences(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var text = new StringBuilder();
        var wanted = MemoryMarshal.Cast<byte, ulong>(expected);
        var got = MemoryMarshal.Cast<byte, ulong>(actual);
        const int memory = SequenceProgram.MemorySize / sizeof(ulong);
        for (var word = 0; word < wanted.Length; word++)
            if (wanted[word] != got[word])
                text.AppendLine(CultureInfo.InvariantCulture, $"{(word < memory ? $"memory +0x{8 * word:x}" : NameOf(word - memory))}: expected 0x{wanted[word]:x}, is 0x{got[word]:x}");
        return text.ToString();
    }

    private static string Describe(Sequence sequence)
    {
        var text = new StringBuilder();
        for (var number = 1; number < SequenceProgram.RegisterCount; number++)
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(number)}=0x{sequence.Registers[number]:x} ");
        text.AppendLine();
        for (var at = 0; at < sequence.Code.Length;)
        {
            text.Append(CultureInfo.InvariantCulture, $"{at,4:x}: ");
            at += Guest.Disassemble((ulong)at, sequence.Code.AsSpan(at), text);
            text.AppendLine();
        }

        return text.ToString();
    }

    private static string NameOf(int register) => register switch
    {
        SequenceProgram.Fcsr => "fcsr",
        < 32 => $"x{register}",
        _ => $"f{register - 32}",
    };
}
