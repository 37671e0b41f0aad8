using System.Text;
using Emu.Backend.X64;
using Emu.Guest.RiscV;
using Emu.Plugins.Testing;
using Emu.Plugins.Tests.Machines;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

/// <summary>A recording tells plugins what the run has told them.</summary>
public class ReplayTests
{
    private const int Seeds = 10;
    private const string Record = "record,outfile=-";

    public static IEnumerable<string> Standard() =>
    [
        "insn", "insn,inline", "insn,sizes,match=ld", "insn,skip=100,count=300", "insn,inline,every=7", "insn,class=store mem,class=load",
        "bb", "bb,inline", "bb,range=0x10000-0x10040", "bb,skip=3,every=2",
        "mem", "mem,inline", "mem,print-accesses", "mem,region-summary", "mem,track=w,callback,every=3", "mem,start=0x10008,stop=0x10040",
        "hotblocks", "hotblocks,inline", "hotpages", "howvec", "howvec,inline,verbose", "branches", "cache,l2", "cflow", "mix", "mix,by=class", "reuse",
        "execlog", "execlog,ifilter=sd", "memtrace,outfile=-,format=csv", "memtrace,outfile=-,format=din,track=w", "inline", "traps", "shadowstack", "insn mem bb howvec",
    ];

    [Test]
    [MethodDataSource(nameof(Standard))]
    public async Task A_standard_plugin_tells_the_same(string texts)
    {
        var plugins = texts.Split(' ');
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            using var machine = new TestMachine(code => RandomProgram.Assemble(code, random));
            foreach (var plugin in plugins)
                machine.InstallNamed(plugin);
            machine.InstallNamed(Record);
            machine.Run(vcpu => RandomProgram.Fill(vcpu, random));
            var report = machine.Exit();
            var live = WithoutRecord(machine.Log) + report[..report.LastIndexOf("record: ", StringComparison.Ordinal)];
            await Assert.That(Replay(RecordingIn(machine), plugins)).IsEqualTo(live).Because($"seed {seed}");
            await Assert.That(live).IsNotEmpty();
        }
    }

    [Test]
    [Arguments("threaded", "")]
    [Arguments("x64", "")]
    [Arguments("threaded", "every=5")]
    [Arguments("x64", "range=0x10010-0x10040")]
    public async Task Traces_and_callbacks_are_the_same(string backend, string scope)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            using var machine = new TestMachine(code => RandomProgram.Assemble(code, random), backend: backend == "x64" ? static (guest, memory) => new X64Backend(guest, memory) : null);
            var live = new Tracer();
            (string, string)[] options = scope.Split('=') is [var name, var value] ? [(name, value)] : [];
            machine.Instance(live, options);
            machine.InstallNamed(Record);
            machine.Run(vcpu => RandomProgram.Fill(vcpu, random));
            machine.Exit();
            var replayed = new Tracer();
            string[] scopes = scope.Length > 0 ? [scope] : [];
            PluginTest<LinkedPlugins>.RunWith(RecordingIn(machine), replayed, scopes);
            await Assert.That(replayed.Called).IsNotEmpty();
            await Assert.That(string.Join('\n', replayed.Called)).IsEqualTo(string.Join('\n', live.Called)).Because($"seed {seed}");
            await Assert.That(string.Join('\n', replayed.Traced)).IsEqualTo(string.Join('\n', live.Traced)).Because($"seed {seed}");
        }
    }

    [Test]
    [Arguments("execlog,reg=s*,reg=t?,reg=a?")]
    [Arguments("execlog,reg=a?,rdisas")]
    [Arguments("regs,at=0x10008,reg=a0,reg=t1")]
    public async Task Recorded_registers_are_the_same(string plugin)
    {
        var random = new Random(3);
        using var machine = new TestMachine(code => RandomProgram.Assemble(code, random));
        machine.InstallNamed(plugin);
        machine.InstallNamed(Record + ",reg=*");
        machine.Run(vcpu => RandomProgram.Fill(vcpu, random));
        var report = machine.Exit();
        await Assert.That(Replay(RecordingIn(machine), [plugin])).IsEqualTo(WithoutRecord(machine.Log) + report[..report.LastIndexOf("record: ", StringComparison.Ordinal)]);
    }

    [Test]
    public async Task System_calls_are_the_same()
    {
        using var machine = new TestMachine(Calls);
        machine.InstallNamed("record,outfile=-");
        machine.InstallNamed("syscall,print");
        machine.System.Syscall = (vcpu, number) =>
        {
            machine.Plugins.BeginSyscall(vcpu, number, "probe", [1, 2, 3], out _);
            machine.Plugins.EndSyscall(vcpu, number, "probe", [1, 2, 3], -number);
        };
        machine.Run();
        var report = machine.Exit();
        var live = WithoutRecord(machine.Log) + report[(report.IndexOf('\n') + 1)..];
        await Assert.That(live).Contains("probe");
        await Assert.That(Replay(RecordingIn(machine), ["syscall,print"])).IsEqualTo(live);
    }

    [Test]
    public async Task What_several_vCPUs_do_is_counted_for_each()
    {
        using var machine = new TestMachine(Machines.Programs.Loop(2000));
        machine.InstallNamed("insn");
        machine.InstallNamed("bb");
        machine.InstallNamed("record,outfile=-");
        await Task.WhenAll(machine.Start(), machine.Start(), machine.Start());
        var report = machine.Exit();
        await Assert.That(Replay(RecordingIn(machine), ["insn", "bb"])).IsEqualTo(report[..report.LastIndexOf("record: ", StringComparison.Ordinal)]);
    }

    [Test]
    public async Task A_recording_of_a_replay_is_the_recording()
    {
        using var machine = new TestMachine(code => RandomProgram.Assemble(code, new Random(1)));
        machine.InstallNamed(Record);
        machine.Run();
        machine.Exit();
        var recorded = TextIn(machine);
        var again = PluginTest<LinkedPlugins>.Run(Recording.Of(recorded), "record,outfile=run.rec");
        await Assert.That(again.TextOf("run.rec")).IsEqualTo(recorded);
        var packed = PluginTest<LinkedPlugins>.Run(Recording.Of(recorded), "record,outfile=run.rec.gz").File("run.rec.gz");
        var file = Path.Combine(Path.GetTempPath(), $"emu-{Guid.NewGuid()}.rec");
        await File.WriteAllBytesAsync(file, packed);
        var unpacked = PluginTest<LinkedPlugins>.Run(Recording.InFile(file), "record,outfile=run.rec");
        File.Delete(file);
        await Assert.That(unpacked.TextOf("run.rec")).IsEqualTo(recorded);
    }

    private static void Calls(Assembler code)
    {
        for (var number = 1; number < 4; number++)
        {
            code.Addi(XRegister.A7, XRegister.Zero, number);
            code.Ecall();
        }
    }

    /// <summary>What plugins log and report when they watch a recording.</summary>
    private static string Replay(Recording recording, IEnumerable<string> plugins)
    {
        var log = new StringBuilder();
        using var run = new ReplayRun<LinkedPlugins>(recording, new ReplayOptions { Guest = static _ => new RiscVGuest(), Log = line => log.Append(line).Append('\n') });
        foreach (var (plugin, options) in Emu.Engine.Instrumentation.CommandLine.PluginSelection.Parse(LinkedPlugins.Plugins, plugins).Plugins)
            run.Install(plugin, options);
        run.Play();
        using var report = new StringWriter();
        run.Plugins.Exit(new TextReportWriter(report));
        return log.ToString() + report;
    }

    private static Recording RecordingIn(TestMachine machine) => Recording.Of(TextIn(machine));

    // The log has other lines as well; none of them looks like one of a recording.
    private static string TextIn(TestMachine machine) => string.Concat(machine.Log.Where(IsRecorded).Select(static line => line + "\n"));

    private static string WithoutRecord(IReadOnlyList<string> log) => string.Concat(log.Where(static line => !IsRecorded(line)).Select(static line => line + "\n"));

    private static bool IsRecorded(string lines) => lines.StartsWith("emu-recording ", StringComparison.Ordinal) || lines.Contains(" enter ", StringComparison.Ordinal) || lines.EndsWith(" exit", StringComparison.Ordinal);
}
