using System.CommandLine;
using Emu.Bench.Guests;
using Emu.Bench.Reports;

namespace Emu.Bench.Commands;

/// <summary>The options that name the emulators, common to the commands that run whole programs.</summary>
internal sealed class PeerOptions
{
    public Option<string> Emu { get; } = new("--emu") { Description = "The published native file (default: out/emu of this repository)." };

    public Option<string> Qemu { get; } = new("--qemu")
    {
        Description = "qemu-riscv64 to compare with, or 'none'; left out when it is not installed.",
        DefaultValueFactory = _ => "qemu-riscv64",
    };

    public Option<string[]> Plugins { get; } = new("--plugin", "-p") { Description = "Also run Emu with this plugin, NAME[,option=value…]. Repeatable." };

    public Option<string[]> QemuPlugins { get; } = new("--qemu-plugin")
    {
        Description = "The peer of the --plugin in the same place: a path of a QEMU plugin's shared object and its options.",
    };

    public Option<FileInfo> Json { get; } = new("--json") { Description = "Write the numbers to this file as well." };

    public void AddTo(Command command)
    {
        command.Options.Add(Emu);
        command.Options.Add(Qemu);
        command.Options.Add(Plugins);
        command.Options.Add(QemuPlugins);
        command.Options.Add(Json);
    }

    /// <summary>The published file.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message says how to make it.</exception>
    public string EmuPath(ParseResult result, string repository)
    {
        var emu = Path.GetFullPath(result.GetValue(Emu) ?? Path.Combine(repository, "out", "emu"));
        return File.Exists(emu) ? emu : throw new FileNotFoundException($"{emu} is not there; publish it with: dotnet publish src/Emu.Cli -c Release -o out");
    }

    /// <summary>Emu and QEMU plain, then each plugin's pair; what is not there is left out.</summary>
    public List<Contender> Contenders(ParseResult result, string repository)
    {
        var emu = EmuPath(result, repository);
        var qemu = FindOnPath(result.GetValue(Qemu)!);
        var plugins = result.GetValue(Plugins) ?? [];
        var peers = result.GetValue(QemuPlugins) ?? [];
        List<Contender> contenders = [Contender.Emu(emu)];
        if (qemu != null)
            contenders.Add(Contender.Qemu(qemu));
        for (var i = 0; i < Math.Max(plugins.Length, peers.Length); i++)
        {
            if (i < plugins.Length)
                contenders.Add(Contender.Emu(emu, plugins[i]));
            if (qemu != null && i < peers.Length)
                contenders.Add(Contender.Qemu(qemu, peers[i]));
        }

        return contenders;
    }

    /// <summary>
    /// Emu against QEMU, plain and plugin by plugin, and each plugin's run against the plain run of the same emulator.
    /// </summary>
    public static List<GuestReport.Comparison> Comparisons(IReadOnlyList<Contender> contenders)
    {
        var list = new List<GuestReport.Comparison>();
        for (var i = 0; i < contenders.Count; i++)
        {
            if (IsEmu(contenders[i]) && i + 1 < contenders.Count && !IsEmu(contenders[i + 1]))
                list.Add(new($"{contenders[i].Name} : {contenders[i + 1].Name}", i, i + 1));
            var plain = IsEmu(contenders[i]) ? 0 : IndexOf(contenders, "qemu");
            if (i != plain && plain >= 0)
                list.Add(new($"{contenders[i].Name} : {contenders[plain].Name}", i, plain));
        }

        return list;
    }

    private static bool IsEmu(Contender contender) => contender.Name.StartsWith("emu", StringComparison.Ordinal);

    private static int IndexOf(IReadOnlyList<Contender> contenders, string name)
    {
        for (var i = 0; i < contenders.Count; i++)
            if (contenders[i].Name == name)
                return i;
        return -1;
    }

    private static string? FindOnPath(string name)
    {
        if (name == "none")
            return null;
        if (name.Contains('/'))
            return File.Exists(name) ? Path.GetFullPath(name) : throw new FileNotFoundException($"{name} is not there");
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            if (File.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        return null;
    }
}
