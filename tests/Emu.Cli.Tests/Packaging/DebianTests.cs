using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Packaging;

/// <summary>The Debian package: made, judged by lintian; what it brings to shells and to the kernel is tried.</summary>
public sealed class DebianTests
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src", "Emu.Cli", "Debian");

    [Test]
    public async Task The_package_is_one_that_lintian_has_nothing_to_say_of()
    {
        foreach (var tool in new[] { "help2man", "dpkg-deb", "lintian" })
            Skip.Unless(Launch.Tool("sh", "-c", $"command -v {tool}").Run().Status == 0, $"needs {tool}");
        using var scratch = new ScratchFolder();
        var made = Launch.Tool(Path.Combine(Sources, "make-deb.sh"), EmuExecutable.Path, scratch.Path).Run();
        await Assert.That(made.Status).IsEqualTo(0).Because(made.ErrorText);
        var package = made.OutputText.Trim();
        var judged = Launch.Tool("lintian", "--allow-root", package).Run();
        await Assert.That(judged.OutputText).IsEqualTo("");
        await Assert.That(judged.Status).IsEqualTo(0);
        var manual = Launch.Tool("sh", "-c", $"dpkg-deb --fsys-tarfile {package} | tar xO ./usr/share/man/man1/emu.1.gz | gzip -d").Run().OutputText;
        await Assert.That(manual).Contains("\\fB\\-\\-plugin\\fR").And.Contains("Watch with a plugin");
    }

    [Test]
    [Arguments("--repl", "--replay")]
    [Arguments("-p hotb", "hotblocks")]
    [Arguments("-p bb,inl", "bb,inline")]
    [Arguments("--backend thr", "threaded")]
    [Arguments("-p insn --report js", "json")]
    public async Task Bash_completes_what_emu_lists(string typed, string completed)
    {
        // compopt only works where bash itself completes.
        var script = $"compopt() {{ :; }}; source {Sources}/completion.bash; COMP_WORDS=({EmuExecutable.Path} {typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _emu; echo \"${{COMPREPLY[*]}}\"";
        var outcome = Launch.Tool("bash", "-c", script).Run();
        await Assert.That((outcome.ErrorText, outcome.OutputText.Split(' ')[0].TrimEnd('\n', '='))).IsEqualTo(("", completed));
    }

    [Test]
    public async Task A_registered_program_is_run_by_the_kernel_and_sees_the_name_that_it_was_given()
    {
        const string Mount = "mount -t binfmt_misc none /proc/sys/fs/binfmt_misc";
        Skip.Unless(Launch.Tool("unshare", "-Urm", "sh", "-c", Mount).Run().Status == 0, "needs a kernel that lets everybody register formats in a namespace, Linux 6.7 or newer");
        var line = File.ReadLines(Path.Combine(Sources, "emu-riscv64.conf")).Single(static line => line.StartsWith(':')).Replace("/usr/bin/emu", EmuExecutable.Path);
        var register = $"{Mount} && printf %s '{line}' > /proc/sys/fs/binfmt_misc/register && exec -a given {Repository.Guest("start")} arguments 'a b'";
        var outcome = Launch.Tool("unshare", "-Urm", "bash", "-c", register).Run();
        await Assert.That(outcome.OutputText + outcome.ErrorText).IsEqualTo(Launch.Emu("--argv0", "given", Repository.Guest("start"), "arguments", "a b").Run().OutputText);
    }
}
