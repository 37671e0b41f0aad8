using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;

namespace Emu.Engine.Tests.Sequences;

/// <summary>
/// Random instruction sequences leave the same registers, flags and memory in the engine and in <c>qemu-riscv64</c>, and in the engine however
/// blocks are made.
/// </summary>
public sealed class SequenceTests
{
    private const int SequencesPerProgram = 250;
    private const int Instructions = 40;
    private const int PartsTried = 10_000;

    private static readonly RiscVGuest Guest = new();

    public static IEnumerable<int> Seeds() => [.. Enumerable.Range(1, 12)];

    [Test]
    [MethodDataSource(nameof(Seeds))]
    public async Task Sequences_end_as_in_qemu(int seed)
    {
        Skip.Unless(Oracle.Qemu.Path is not null, Oracle.Qemu.SkipReason);
        await Compare(Program(seed, CpuModel.General), QemuRun.Of, Translated, $"seed {seed}");
    }

    /// <summary>Every extension, in a QEMU that knows them. It lets no program clean or flush a cache block; Linux does (since 6.15).</summary>
    [Test]
    [MethodDataSource(nameof(Seeds))]
    public async Task Sequences_of_every_extension_end_as_in_a_newer_qemu(int seed)
    {
        Skip.Unless(QemuRun.Newer is not null, QemuRun.NoNewer);
        await Assert.That(CpuOption.TryParse("max,-zicbom", out var cpu, out var error)).IsTrue().Because(error);
        await Compare(Program(seed, cpu), QemuRun.OfEveryExtension, Translated, $"seed {seed}");
    }

    [Test]
    [Arguments(1, PassSet.All, true)]
    [Arguments(1, PassSet.None, false)]
    [Arguments(3, PassSet.All, true)]
    [Arguments(512, PassSet.None, true)]
    [Arguments(512, PassSet.All, false)]
    public async Task Sequences_end_the_same_however_blocks_are_made(int maxInstructions, PassSet passes, bool fuse)
    {
        var options = new TranslationOptions { MaxInstructions = maxInstructions, Passes = passes, Verify = true };
        for (var seed = 100; seed < 102; seed++)
            await Compare(Program(seed, CpuModel.Max), Translated, program => EngineRun.Of(program, options, fuse), $"seed {seed}");
    }

    private static SequenceProgram Program(int seed, CpuModel cpu)
    {
        var source = new SequenceSource(seed, cpu);
        var memory = new byte[SequenceProgram.MemorySize];
        new Random(seed).NextBytes(memory);
        return new SequenceProgram([.. Enumerable.Range(0, SequencesPerProgram).Select(_ => source.Next(Instructions))], memory);
    }

    private static byte[] Translated(SequenceProgram program) => EngineRun.Of(program, new TranslationOptions());

    /// <summary>Runs the program in two ways. Of a sequence that ends differently the smallest part that still does is shown.</summary>
    private static async Task Compare(SequenceProgram program, Func<SequenceProgram, byte[]> expected, Func<SequenceProgram, byte[]> actual, string what)
    {
        var (wanted, got) = (expected(program), actual(program));
        await Assert.That(wanted.Length).IsEqualTo(program.Sequences.Count * SequenceProgram.DumpSize);
        await Assert.That(got.Length).IsEqualTo(wanted.Length);
        if (wanted.AsSpan().CommonPrefixLength(got) / SequenceProgram.DumpSize is var number && number == program.Sequences.Count)
            return;
        var failing = program.Sequences[number];
        await Assert.That(() => failing.Parts().Sample(EndsTheSame, iter: PartsTried, threads: 1, print: Show)).ThrowsNothing().Because($"{what}, sequence {number}");
        Assert.Fail($"{what}, sequence {number} ends differently, and no part of it alone does:\n{Describe(failing)}");

        bool EndsTheSame(Sequence sequence) => expected(Alone(sequence)).AsSpan().SequenceEqual(actual(Alone(sequence)));
        string Show(Sequence sequence) => $"{Differences(expected(Alone(sequence)), actual(Alone(sequence)))}{Describe(sequence)}";
        SequenceProgram Alone(Sequence sequence) => new([sequence], MemoryBefore(number));
        ReadOnlyMemory<byte> MemoryBefore(int sequence) =>
            (sequence == 0 ? program.Data : wanted.AsMemory((sequence - 1) * SequenceProgram.DumpSize))[..SequenceProgram.MemorySize];
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
        var code = sequence.Code();
        for (var at = 0; at < code.Length;)
        {
            text.Append(CultureInfo.InvariantCulture, $"{at,4:x}: ");
            at += Guest.Disassemble((ulong)at, code.AsSpan(at), text);
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
