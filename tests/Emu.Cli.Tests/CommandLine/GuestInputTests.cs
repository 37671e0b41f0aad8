using System.Text;
using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What the guest is given: its arguments, environment, name, standard streams, descriptors.</summary>
public sealed class GuestInputTests
{
    private static readonly byte[][] OddArguments = ["a b"u8.ToArray(), [], "ü€😀"u8.ToArray(), [0xff, 0xfe, (byte)'x'], [0xed, 0xb2, 0x80], "--help"u8.ToArray(), "--"u8.ToArray(), "-p"u8.ToArray(), "a\nb"u8.ToArray()];

    [Test]
    public void Arguments_arrive_byte_by_byte()
    {
        var outcome = (Launch.Emu() with { Arguments = [.. Launch.Bytes(["--", "bin/libc", "arguments"]), .. OddArguments] }).Run();
        var expected = OddArguments.Select(static (argument, index) => (byte[])[.. Encoding.ASCII.GetBytes($"{index + 2}:"), .. argument, (byte)'\n']);
        byte[] lines = [.. "1:arguments\n"u8, .. expected.SelectMany(static line => line)];
        Assert.Equal(0, outcome.Status);
        Assert.True(outcome.Output.AsSpan().StartsWith(lines), outcome.OutputText);
    }

    [Test]
    public void Everything_behind_the_program_is_the_guests() =>
        Assert.StartsWith("1:arguments\n2:-p\n3:nosuch\n4:--version\n5:--\n", Launch.Emu("bin/libc", "arguments", "-p", "nosuch", "--version", "--").Run().OutputText);

    [Test]
    [Arguments("G_NAME one")]
    [Arguments("G_NAME two words=x", "-E", "G_NAME=two words=x")]
    [Arguments("G_NAME last", "-E", "G_NAME=first", "--env=G_NAME=last")]
    [Arguments("G_NAME (none)", "-U", "G_NAME")]
    [Arguments("G_NAME again", "-E", "G_NAME=again", "--unset-env", "G_NAME")]
    [Arguments("G_NAME ", "-E", "G_NAME=")]
    public void The_environment_is_ours_as_changed(string line, params string[] options)
    {
        var outcome = (Launch.Emu([.. options, "bin/libc", "arguments"]) with { Environment = ["G_NAME=one"u8.ToArray(), "G_NAMES=x"u8.ToArray()] }).Run();
        Assert.Contains($"\n{line}\n", outcome.OutputText);
    }

    [Test]
    public void Variables_need_not_be_utf8()
    {
        byte[] inherited = [.. "G_A="u8, 0xff], set = [.. "G_B="u8, 0xfe, 0x80];
        var outcome = (Launch.Emu() with { Arguments = ["-E"u8.ToArray(), set, "bin/start"u8.ToArray()], Environment = [inherited] }).Run();
        Assert.True(outcome.Output.AsSpan().IndexOf([.. "env "u8, .. inherited, (byte)'\n']) >= 0, outcome.OutputText);
        Assert.True(outcome.Output.AsSpan().IndexOf([.. "env "u8, .. set, (byte)'\n']) >= 0, outcome.OutputText);
    }

    [Test]
    public void A_program_is_found_by_relative_path_by_link_and_under_a_name_that_is_not_utf8()
    {
        using var scratch = new ScratchFolder();
        scratch.Executable("hello", File.ReadAllBytes(Repository.Guest("hello")));
        File.CreateSymbolicLink(scratch.File("link"), "hello");
        foreach (var name in (string[])["hello", "./hello", "link", "../" + Path.GetFileName(scratch.Path) + "/hello"])
            (Launch.Emu(name) with { Directory = scratch.Path }).Run().AssertCleanExit("hello, world\n");
        var copy = Launch.Tool("/bin/sh", "-c", "cp hello \"$1\"; exec \"$0\" \"$1\"", EmuExecutable.Path);
        (copy with { Directory = scratch.Path, Arguments = [.. copy.Arguments, [(byte)'h', 0xff]] }).Run().AssertCleanExit("hello, world\n");
    }

    [Test]
    public void Standard_input_is_the_guests()
    {
        var input = Enumerable.Range(0, 200_000).Select(static index => (byte)('a' + (index % 26))).ToArray();
        var outcome = (Launch.Emu("-p", "bb,inline", "bin/libc", "cat") with { Input = input }).Run();
        Assert.Equal(input.Select(static letter => (byte)(letter - 32)), outcome.Output);
    }

    [Test]
    public void The_first_file_that_a_guest_opens_is_number_3()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("--strace", "-D", scratch.File("log"), "-p", "insn", "--report-file", scratch.File("report"), "bin/files").Run();
        var opened = File.ReadLines(scratch.File("log")).First(static line => line.StartsWith("openat(", StringComparison.Ordinal) && !line.Contains("= -1", StringComparison.Ordinal));
        Assert.EndsWith(" = 3", opened);
    }
}
