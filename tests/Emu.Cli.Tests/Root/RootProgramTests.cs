using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Root;

/// <summary>Dynamically linked programs of a Debian root for riscv64 beside qemu-riscv64: the same output, messages and exit code, byte by byte.</summary>
public sealed class RootProgramTests
{
    private const string Variable = "EMU_ROOT";

    private static readonly Dictionary<string, List<string>> Programs = Read();

    /// <summary>A user's program must not notice who watches it, nor how it is run.</summary>
    private static readonly string[] Ways = ["", "-p insn,inline", "-p mem", "--backend threaded"];

    public static IEnumerable<(string, string)> Themes() => [.. from theme in Programs.Keys from way in Ways select (theme, way)];

    [Test]
    [MethodDataSource(nameof(Themes))]
    public async Task Programs_do_what_they_do_under_qemu(string theme, string way)
    {
        var root = Environment.GetEnvironmentVariable(Variable) ?? "";
        Skip.When(root.Length == 0, $"{Variable} does not name a Debian root for riscv64: tests/root/make-root.sh makes one");
        Skip.Unless(Oracle.Qemu.Path is not null, Oracle.Qemu.SkipReason);
        using var ours = new ScratchFolder();
        using var theirs = new ScratchFolder();
        var differences = new StringBuilder();
        foreach (var program in Programs[theme])
        {
            var got = Run($"{EmuExecutable.Path} {way} --report-file {ours.File("report")}", root, program, ours);
            var wanted = Run(Oracle.Qemu.Path!, root, program, theirs);
            if (got != wanted)
                differences.AppendLine(program).AppendLine("emu:").AppendLine(got).AppendLine("qemu:").AppendLine(wanted);
        }

        Oracle.Compared("programs");
        await Assert.That(differences.ToString()).IsEmpty();
    }

    private static string Run(string emulator, string root, string program, ScratchFolder scratch)
    {
        var folder = scratch.File("work");
        Directory.CreateDirectory(folder);
        var shell = Launch.Of("/bin/sh", "-c", $"W={folder}; exec {emulator} -L {root} {root}/{program}");
        var outcome = (shell with { Directory = folder, Environment = Launch.Bytes(["PATH=/usr/bin:/bin", "TZ=UTC", "LANG=C"]) }).Run();
        var texts = $"status {outcome.Status}\n{Encoding.Latin1.GetString(outcome.Output)}\n{Encoding.Latin1.GetString(outcome.Error)}";
        return texts.Replace(folder, "$W", StringComparison.Ordinal);
    }

    private static Dictionary<string, List<string>> Read()
    {
        var themes = new Dictionary<string, List<string>>();
        var last = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Emu.Cli.Tests", "Root", "programs.txt")))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
                themes[line[1..^1]] = last = [];
            else if (line.Length > 0 && line[0] != '#')
                last.Add(line);
        }

        return themes;
    }
}
