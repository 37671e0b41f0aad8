using Microsoft.CodeAnalysis;
using TUnit.Assertions.Enums;

namespace Emu.Generators.Tests.Plugins;

/// <summary>What the generator makes of good plugins, and when it runs.</summary>
public class PluginGeneratorTests
{
    private const string Everything = """
        namespace Some.Place;
        public enum Order { First, LeastRecent }
        [EmuPlugin("every-thing", "Has \"everything\"")]
        public sealed partial class Everything : Plugin, IOnTranslate, IOnVCpuInit, IOnExit
        {
            private ulong _count;
            [Option("flag", "A flag")] public bool Flag { get; init; }
            [Option("order", "An order")] public Order Order { get; init; } = Order.LeastRecent;
            [Option("names", "Names")] public string[] Names { get; init; } = [];
            [Option("size", "A size")] public ulong Size { get; set; } = 64;
            public void OnTranslate(TranslationBlock block)
            {
                block.OnExecute<Callbacks.Executed>();
                block[0].OnMemory<Callbacks.Accessed>(AccessKind.Read);
                block.OnExecute<Own>();
            }
            public void OnVCpuInit(in VCpu vcpu) { }
            public void OnExit(ReportWriter report) { }
            [ExecCallback] private void Executed(in VCpu vcpu, nint data) => _count++;
            [MemoryCallback] private void Accessed(in VCpu vcpu, in MemoryAccess access, nint data) => _count += access.Value;
            private struct Own : IExecCallback { public static void Invoke(Plugin self, in VCpu vcpu, nint data) { } }
        }
        """;

    [Test]
    public async Task A_plugin_compiles()
    {
        var compilation = new PluginCompilation(Everything);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Files).IsEquivalentTo(["Some.Place.Everything.Plugin.g.cs"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Its_events_are_the_interfaces_that_it_implements() =>
        await Assert.That(new PluginCompilation(Everything).Source("Some.Place.Everything.Plugin.g.cs")).Contains("Events = global::Emu.Plugins.PluginEvents.Exit | global::Emu.Plugins.PluginEvents.Translate | global::Emu.Plugins.PluginEvents.VCpuInit,");

    [Test]
    public async Task Every_callback_is_bound_those_written_by_hand_too()
    {
        var source = new PluginCompilation(Everything).Source("Some.Place.Everything.Plugin.g.cs");
        await Assert.That(source).Contains("binder.BindExec<Callbacks.Executed>(&NativeCallbacks.Executed);");
        await Assert.That(source).Contains("binder.BindMemory<Callbacks.Accessed>(&NativeCallbacks.Accessed);");
        await Assert.That(source).Contains("binder.BindExec<Own>(&NativeCallbacks.Own);");
    }

    [Test]
    public async Task R6_the_assembly_carries_the_API_version_that_it_was_compiled_against() =>
        await Assert.That(new PluginCompilation(Everything).Source("Some.Place.Everything.Plugin.g.cs")).Contains($"[assembly: global::Emu.Plugins.Hosting.LinkedPlugin(typeof(global::Some.Place.Everything), {Emu.Plugins.PluginApi.Version})]");

    [Test]
    public async Task Words_of_an_enum_have_dashes() =>
        await Assert.That(new PluginCompilation(Everything).Source("Some.Place.Everything.Plugin.g.cs")).Contains("(\"least-recent\", global::Some.Place.Order.LeastRecent)");

    [Test]
    [Arguments("_count++", true)]
    [Arguments("_count += _array[data]", true)]
    [Arguments("{ ref var slot = ref _array[vcpu.Index]; slot++; }", true)]
    [Arguments("{ if (data == 0 && vcpu.Index > 1) _count = (ulong)data; else _count--; }", true)]
    [Arguments("Own++", true)]
    [Arguments("_counters.Increment(vcpu, data)", true)]
    [Arguments("Other()", false)]
    [Arguments("{ var local = 0; ref var slot = ref local; slot++; }", false)]
    [Arguments("{ Span<byte> bytes = stackalloc byte[8]; }", false)]
    [Arguments("_count += Computed", false)]
    [Arguments("{ int.TryParse(\"1\", out var number); }", false)]
    [Arguments("{ lock (_array) _count++; }", false)]
    [Arguments("{ var text = $\"{data}\"; }", false)]
    public async Task Only_harmless_bodies_are_inlined_into_handlers(string body, bool isInlined)
    {
        var expression = body.StartsWith('{') ? body : $"=> {body};";
        var compilation = new PluginCompilation($$"""
            [EmuPlugin("p", "P")]
            public sealed partial class P : Plugin, IOnFlush
            {
                private readonly ulong[] _array = new ulong[8];
                private readonly CounterList _counters = null!;
                private ulong _count;
                private int Own { get; set; }
                private ulong Computed => _count * 2;
                private void Other() { }
                public void OnFlush() { }
                [ExecCallback] private void Body(in VCpu vcpu, nint data) {{expression}}
            }
            """);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Source("P.Plugin.g.cs")).Contains($"IsInlined => {(isInlined ? "true" : "false")};");
    }

    [Test]
    public async Task An_edit_elsewhere_makes_nothing_again()
    {
        var compilation = new PluginCompilation(Everything, isExecutable: true);
        compilation.Edit();
        await Assert.That(compilation.OutputReasons).IsNotEmpty();
        foreach (var reason in compilation.OutputReasons)
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
    }
}
