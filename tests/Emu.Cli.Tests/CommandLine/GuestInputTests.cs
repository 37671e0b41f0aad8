using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What the guest is given: its arguments, environment, name, standard streams, descriptors.</summary>
public sealed class GuestInputTests
{
    private static readonly byte[][] OddArguments = ["a b"u8.ToArray(), [], "ü€😀"u8.ToArray(), [0xff, 0xfe, (byte)'x'], [0xed, 0xb2, 0x80], "--help"u8.ToArray(), "--"u8.ToArray(), "-p"u8.ToArray(), "a\nb"u8.ToArray()];

    [Test]
    public async Task Arguments_arrive_byte_by_byte()
    {
        var outcome = (Launch.Emu() with { Arguments = [.. Launch.Bytes(["--", "bin/libc", "arguments"]), .. OddArguments] }).Run();
        var expected = OddArguments.Select(static (argument, index) => (byte[])[.. Encoding.ASCII.GetBytes($"{index + 2}:"), .. argument, (byte)'\n']);
        byte[] lines = [.. "1:arguments\n"u8, .. expected.SelectMany(static line => line)];
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.Output.AsSpan().StartsWith(lines)).IsTrue().Because(outcome.OutputText);
    }

    [Test]
    public async Task Everything_behind_the_program_is_the_guests() =>
        await Assert.That(Launch.Emu("bin/libc", "arguments", "-p", "nosuch", "--version", "--").Run().OutputText).StartsWith("1:arguments\n2:-p\n3:nosuch\n4:--version\n5:--\n");

    [Test]
    [Arguments("G_NAME one")]
    [Arguments("G_NAME two words=x", "-E", "G_NAME=two words=x")]
    [Arguments("G_NAME last", "-E", "G_NAME=first", "--env=G_NAME=last")]
    [Arguments("G_NAME (none)", "-U", "G_NAME")]
    [Arguments("G_NAME again", "-E", "G_NAME=again", "--unset-env", "G_NAME")]
    [Arguments("G_NAME ", "-E", "G_NAME=")]
    public async Task The_environment_is_ours_as_changed(string line, params string[] options)
    {
        var outcome = (Launch.Emu([.. options, "bin/libc", "arguments"]) with { Environment = ["G_NAME=one"u8.ToArray(), "G_NAMES=x"u8.ToArray()] }).Run();
        await Assert.That(outcome.OutputText).Contains($"\n{line}\n");
    }

    [Test]
    public async Task Variables_need_not_be_utf8()
    {
        byte[] inherited = [.. "G_A="u8, 0xff], set = [.. "G_B="u8, 0xfe, 0x80];
        var outcome = (Launch.Emu() with { Arguments = ["-E"u8.ToArray(), set, "bin/start"u8.ToArray()], Environment = [inherited] }).Run();
        await Assert.That(outcome.Output.AsSpan().IndexOf([.. "env "u8, .. inherited, (byte)'\n']) >= 0).IsTrue().Because(outcome.OutputText);
        await Assert.That(outcome.Output.AsSpan().IndexOf([.. "env "u8, .. set, (byte)'\n']) >= 0).IsTrue().Because(outcome.OutputText);
    }

    [Test]
    [Arguments("hello")]
    [Arguments("./hello")]
    [Arguments("link")]
    [Arguments("../here/hello")]
    public async Task A_program_is_found_by_relative_path_and_by_link(string name)
    {
        using var scratch = new ScratchFolder();
        var here = Directory.CreateDirectory(scratch.File("here")).FullName;
        scratch.Executable("here/hello", File.ReadAllBytes(Repository.Guest("hello")));
        File.CreateSymbolicLink(scratch.File("here/link"), "hello");
        await (Launch.Emu(name) with { Directory = here }).Run().AssertCleanExit("hello, world\n");
    }

    [Test]
    public async Task A_program_is_found_under_a_name_that_is_not_utf8()
    {
        using var scratch = new ScratchFolder();
        var copy = Launch.Tool("/bin/sh", "-c", "cp \"$1\" \"$2\"; exec \"$0\" \"$2\"", EmuExecutable.Path, Repository.Guest("hello"));
        await (copy with { Directory = scratch.Path, Arguments = [.. copy.Arguments, [(byte)'h', 0xff]] }).Run().AssertCleanExit("hello, world\n");
    }

    [Test]
    public async Task Standard_input_is_the_guests()
    {
        var letters = string.Concat(Enumerable.Range(0, 200_000).Select(static index => (char)('a' + (index % 26))));
        var outcome = (Launch.Emu("-p", "bb,inline", "bin/libc", "cat") with { Input = Encoding.ASCII.GetBytes(letters) }).Run();
        await Assert.That(outcome.OutputText).IsEqualTo(letters.ToUpperInvariant());
    }

    [Test]
    public async Task The_first_file_that_a_guest_opens_is_number_3()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("--strace", "-D", scratch.File("log"), "-p", "insn", "--report-file", scratch.File("report"), "bin/files").Run();
        var opened = File.ReadLines(scratch.File("log")).First(static line => line.StartsWith("openat(", StringComparison.Ordinal) && !line.Contains("= -1", StringComparison.Ordinal));
        await Assert.That(opened).EndsWith(" = 3");
    }
}
