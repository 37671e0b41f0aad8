namespace Emu.Sdk.Tests;

/// <summary>Plugins that change how a run ends: one fails, and whoever started the emulator learns of it by the exit code; one answers system calls in the kernel's place.</summary>
[NotInParallel]
public sealed class PluginAnswerTests : IDisposable
{
    private const string Line = "emu: plugin 'failing' failed and is disabled: InvalidOperationException: no more\n";
    private const string LastLine = "emu: error: plugin 'failing' failed, so what it reports is missing or not whole: InvalidOperationException: no more\n";

    private readonly OutsideProject _outside = new();

    [Test]
    public async Task A_failure_reaches_exit_code_and_report_and_an_answer_the_guest()
    {
        _outside.Write("Failing/Failing.csproj", """<Project Sdk="Microsoft.NET.Sdk"><Import Project="SDK/Emu.Plugin.props" /></Project>""");
        _outside.Write("Failing/Failing.cs", """
            using Emu.Plugins;
            [EmuPlugin("failing", "Fails")]
            public sealed partial class Failing : Plugin, IOnTranslate
            {
                public void OnTranslate(TranslationBlock block) => throw new System.InvalidOperationException("no more");
            }
            """);
        // The second one is not asked where the first has answered.
        _outside.Write("Failing/Mute.cs", """
            using Emu.Plugins;
            [EmuPlugin("mute", "Lets write succeed without writing")]
            public sealed partial class Mute : Plugin, IOnSyscallFilter
            {
                public bool OnSyscallFilter(in VCpu vcpu, in SystemCall call, out long result)
                {
                    result = (long)call[2];
                    return call.Name == "write";
                }
            }

            [EmuPlugin("stopper", "Ends the guest at its thousandth block")]
            public sealed partial class Stopper : Plugin, IOnTranslate, IOnExit
            {
                private Scoreboard<ulong> _blocks = null!;
                public override void Install(in GuestInfo guest) => _blocks = Host.NewScoreboard<ulong>();
                public void OnTranslate(TranslationBlock block) => block.OnExecute<Callbacks.Entered>();
                [ExecCallback]
                private void Entered(in VCpu vcpu, nint userData)
                {
                    if (++_blocks[vcpu] == 1000)
                        Host.Stop(77, "that is enough");
                }
                public void OnExit(ReportWriter report) => report.Heading("the end");
            }

            [EmuPlugin("refuse", "Lets every call but exit fail")]
            public sealed partial class Refuse : Plugin, IOnSyscallFilter
            {
                public bool OnSyscallFilter(in VCpu vcpu, in SystemCall call, out long result)
                {
                    Host.Log(call.Name);
                    result = -38;
                    return !call.Name.StartsWith("exit", System.StringComparison.Ordinal);
                }
            }
            """);
        _outside.Write("Mine/Mine.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="SDK/Emu.Sdk.props" />
              <ItemGroup><EmuPlugin Include="insn" /> <EmuPlugin Include="syscall" /> <EmuPlugin Include="../Failing/Failing.csproj" /></ItemGroup>
              <Import Project="SDK/Emu.Sdk.targets" />
            </Project>
            """);
        _outside.Build("build", "Mine", "-o", "out");
        var guests = Path.Combine(OutsideProject.Root, "tests", "guests", "bin");

        await Assert.That(Emu("-p", "failing", "-p", "insn", Path.Combine(guests, "count-loop"))).IsEqualTo((125, Line + "cpu 0 insns: 3004\ntotal insns: 3004\n" + LastLine));
        await Assert.That(Emu("-p", "failing", Path.Combine(guests, "hello"))).IsEqualTo((125, "hello, world\n" + Line + LastLine));
        var (exitCode, output) = Emu("-p", "failing", "--report", "json", Path.Combine(guests, "hello"));
        await Assert.That(exitCode).IsEqualTo(125);
        await Assert.That(output).Contains("""
              "failing": {
                "error": "InvalidOperationException: no more"
              }
            """);
        await Assert.That(Emu("-p", "mute", "-p", "refuse", Path.Combine(guests, "hello"))).IsEqualTo((0, "exit_group\n"));
        await Assert.That(Emu("-p", "refuse", "-p", "syscall", Path.Combine(guests, "count-syscalls")).Output).EndsWith("173          50     50 getppid\n94           1      0 exit_group\n");
        // Long before the guest would end by itself.
        await Assert.That(Emu("-p", "stopper", Path.Combine(OutsideProject.Root, "bench", "guests", "bin", "core"), "60000")).IsEqualTo((77, "emu: plugin 'stopper': that is enough\nthe end\n"));
        // A guest that would run for ever ends.
        await Assert.That(Emu("--plugin-errors", "stop", "-p", "failing", Path.Combine(guests, "count-straight"))).IsEqualTo((125, Line + LastLine));
    }

    private (int ExitCode, string Output) Emu(params string[] arguments) => _outside.Run(_outside.Path("out/emu"), arguments);

    public void Dispose() => _outside.Dispose();
}
