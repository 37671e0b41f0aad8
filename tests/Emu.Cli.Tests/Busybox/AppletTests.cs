using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Busybox;

/// <summary>
/// Debian's busybox for riscv64, which we did not build, beside qemu-riscv64: the same output, messages, exit code and files, byte by byte.
/// </summary>
public sealed class AppletTests
{
    private const string Variable = "EMU_BUSYBOX";

    private static readonly Dictionary<string, List<string>> Runs = ReadRuns();

    public static IEnumerable<string> Themes() => [.. Runs.Keys];

    [Test]
    [MethodDataSource(nameof(Themes))]
    public async Task Applets_do_what_they_do_under_qemu(string theme)
    {
        var busybox = Environment.GetEnvironmentVariable(Variable) ?? "";
        Skip.When(busybox.Length == 0, $"{Variable} does not name Debian's busybox-static for riscv64: .ci/run fetches it");
        Skip.Unless(Oracle.Qemu.Path is not null, Oracle.Qemu.SkipReason);
        using var scratch = new ScratchFolder();
        var folder = scratch.File("work");
        Directory.CreateDirectory(folder);
        var differences = new StringBuilder();
        foreach (var run in Runs[theme])
        {
            var (ours, theirs) = (Run(EmuExecutable.Path, busybox, run, folder), Run(Oracle.Qemu.Path!, busybox, run, folder));
            if (ours != theirs)
                differences.AppendLine(run).AppendLine("emu:").AppendLine(ours).AppendLine("qemu:").AppendLine(theirs);
        }

        Oracle.Compared("applets");
        await Assert.That(differences.ToString()).IsEmpty();
    }

    private static string Run(string emulator, string busybox, string run, string folder)
    {
        PreparedFolder.Fill(folder);
        var shell = Launch.Of("/bin/sh", "-c", $"exec {emulator} {busybox} {run}");
        var outcome = (shell with { Directory = folder, Environment = Launch.Bytes(["PATH=/usr/bin:/bin", "TZ=UTC", "LANG=C"]) }).Run();
        return $"status {outcome.Status}\n{Encoding.Latin1.GetString(outcome.Output)}\n{Encoding.Latin1.GetString(outcome.Error)}\n{PreparedFolder.Describe(folder)}";
    }

    private static Dictionary<string, List<string>> ReadRuns()
    {
        var themes = new Dictionary<string, List<string>>();
        var last = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Emu.Cli.Tests", "Busybox", "applets.txt")))
        {
            // An applet is called [, too, and a blank follows it.
            if (line is ['[', not ' ', .., ']'])
                themes.Add(line[1..^1], last = []);
            else if (line.Length > 0 && line[0] != '#')
                last.Add(line);
        }

        return themes;
    }
}
