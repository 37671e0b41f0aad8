using System.Text;
using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;
using static Emu.Cli.Tests.BadInput.ElfFields;

namespace Emu.Cli.Tests.BadInput;

/// <summary>Programs that cannot be run: one line that names the file and what is wrong with it, 126 or 127, and nothing of a run.</summary>
public sealed class BadProgramTests
{
    private const ulong KernelAddress = 0xffff_ffff_8000_0000;

    private static readonly Dictionary<string, (Func<byte[]> Contents, string Complaint)> Bad = new()
    {
        ["empty"] = (() => [], "is empty"),
        ["text"] = (() => "hello\n"u8.ToArray(), "not an ELF program"),
        ["script"] = (() => "#!/bin/sh\n"u8.ToArray(), "script"),
        ["magic only"] = (() => Good()[..4], "truncated"),
        ["truncated header"] = (() => Good()[..40], "truncated"),
        ["truncated program headers"] = (() => Good()[..100], "truncated"),
        ["truncated code"] = (() => Good()[..0x200], "truncated"),
        ["truncated data"] = (() => Good()[..0x370], "truncated"),
        ["32-bit"] = (() => Good().With(Class, (byte)1), "32-bit"),
        ["unknown class"] = (() => Good().With(Class, (byte)9), "class 9"),
        ["big-endian"] = (() => Good().With(ByteOrder, (byte)2), "big-endian"),
        ["wrong machine"] = (() => Good().With(Machine, (ushort)62), "machine 62"),
        ["object file"] = (() => Good().With(ElfFields.Type, (ushort)1), "no executable"),
        ["core file"] = (() => Good().With(ElfFields.Type, (ushort)4), "no executable"),
        ["header size 0"] = (() => Good().With(HeaderSize, (ushort)0), "0 bytes"),
        ["header size 65535"] = (() => Good().With(HeaderSize, ushort.MaxValue), "65535 bytes"),
        ["no headers"] = (() => Good().With(HeaderCount, (ushort)0), "0 program headers"),
        ["65535 headers"] = (() => Good().With(HeaderCount, ushort.MaxValue), "65535 program headers"),
        ["headers far away"] = (() => Good().With(HeaderOffset, ulong.MaxValue), "truncated"),
        ["nothing to load"] = (() => Good().With(Segment(Code, SegmentType), 0u).With(Segment(Data, SegmentType), 0u), "no loadable segment"),
        ["kernel range"] = (() => Good().With(Segment(Code, SegmentAddress), KernelAddress), "outside"),
        ["end of the address space"] = (() => Good().With(Segment(Data, SegmentMemorySize), ulong.MaxValue), "outside"),
        ["overlap"] = (() => Good().With(Segment(Code, SegmentMemorySize), 0x2000UL), "overlaps"),
        ["empty segment"] = (() => Good().With(Segment(Data, SegmentFileSize), 0UL).With(Segment(Data, SegmentMemorySize), 0UL), "is empty"),
        ["larger in the file"] = (() => Good().With(Segment(Data, SegmentMemorySize), 1UL), "larger in the file"),
        ["offset within the page"] = (() => Good().With(Segment(Code, SegmentOffset), 0x123UL), "differs within the page"),
        ["alignment"] = (() => Good().With(Segment(Code, SegmentAlignment), 0x1234UL), "alignment"),
        ["interpreter not there"] = (() => WithInterpreter("/lib/no-such-loader.so\0"), "/lib/no-such-loader.so is missing"),
        ["interpreter's path without end"] = (() => WithInterpreter("/lib/no-such-loader.so"), "does not end"),
        ["interpreter's path empty"] = (() => WithInterpreter("\0\0"), "is empty"),
    };

    public static IEnumerable<string> Names() => [.. Bad.Keys];

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_spoiled_file_is_refused(string name)
    {
        using var scratch = new ScratchFolder();
        var program = scratch.Executable("program", Bad[name].Contents());
        var outcome = (Launch.Emu("-p", "insn", "-D", scratch.File("log"), "--report-file", scratch.File("report"), program) with { Directory = scratch.Path }).Run();
        await outcome.AssertRefused(name == "interpreter not there" ? 127 : 126, Bad[name].Complaint);
        await Assert.That(outcome.ErrorText).Contains(program);
        await Assert.That(scratch.Names).IsEquivalentTo(["program"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task The_file_that_is_spoiled_runs_if_it_is_not()
    {
        using var scratch = new ScratchFolder();
        await Launch.Emu(scratch.Executable("program", Good())).Run().AssertCleanExit("hello, world\n");
    }

    [Test]
    [Arguments("no-such-file", 127, "no-such-file: No such file or directory")]
    [Arguments("", 127, "No such file or directory")]
    [Arguments("folder", 126, "folder: is a directory")]
    [Arguments("plain/program", 127, "plain/program: Not a directory")]
    [Arguments("dangling", 127, "dangling: No such file or directory")]
    [Arguments("loop", 126, "loop: Too many levels of symbolic links")]
    [Arguments("plain", 126, "plain: is not executable")]
    [Arguments("locked", 126, "locked: ")]
    [Arguments("fifo", 126, "fifo: is not a regular file")]
    [Arguments("/dev/null", 126, "/dev/null: is not a regular file")]
    public async Task What_is_no_program_is_refused(string path, int exitCode, string complaint)
    {
        using var scratch = new ScratchFolder();
        Directory.CreateDirectory(scratch.File("folder"));
        File.CreateSymbolicLink(scratch.File("dangling"), "no-such-file");
        File.CreateSymbolicLink(scratch.File("loop"), "loop");
        File.WriteAllBytes(scratch.File("plain"), Good());
        File.WriteAllBytes(scratch.File("locked"), Good());
        File.SetUnixFileMode(scratch.File("locked"), UnixFileMode.None);
        await Assert.That(Launch.Tool("/usr/bin/mkfifo", scratch.File("fifo")).Run().Status).IsEqualTo(0);
        await (Launch.Emu(path) with { Directory = scratch.Path }).Run().AssertRefused(exitCode, complaint);
    }

    [Test]
    public async Task A_name_that_is_too_long_is_refused() => await Launch.Emu(new string('x', 5000)).Run().AssertRefused(126, "File name too long");

    [Test]
    public async Task A_name_with_control_characters_keeps_the_message_on_one_line() => await Launch.Emu("no\nsuch\u001bfile").Run().AssertRefused(127, "no?such?file");

    private static byte[] WithInterpreter(string path)
    {
        var good = Good();
        var (offset, text) = (good.Length, Encoding.ASCII.GetBytes(path));
        return ((byte[])[.. good, .. text])
            .With(Segment(Stack, SegmentType), 3u)
            .With(Segment(Stack, SegmentOffset), (ulong)offset)
            .With(Segment(Stack, SegmentFileSize), (ulong)text.Length);
    }
}
