namespace Emu.Generators.Tests.Plugins;

/// <summary>What beginners forget, and what they are told beside or instead of the compiler's own complaints.</summary>
public class ForgottenAttributeTests
{
    private const string Exec = "[ExecCallback] private void M(in VCpu vcpu, nint userData)";
    private const string Memory = "[MemoryCallback] private void M(in VCpu vcpu, in MemoryAccess access, nint userData)";

    [Test]
    [Arguments("public sealed partial class Bare : Plugin;", true)]
    [Arguments("public sealed partial class Bare : Plugin, IOnFlush { public void OnFlush() { } }", true)]
    [Arguments("public sealed class Bare : Between; public abstract class Between : Plugin;", true)]
    [Arguments("public sealed partial class Bare : Plugin; public sealed partial class Bare : IOnFlush { public void OnFlush() { } }", true)]
    [Arguments("""[EmuPlugin("p", "P")] public sealed partial class Bare : Plugin, IOnFlush { public void OnFlush() { } }""", false)]
    [Arguments("public abstract class Bare : Plugin;", false)]
    [Arguments("public abstract partial class Bare : Plugin; public partial class Bare;", false)]
    [Arguments("public sealed class Bare : Exception;", false)]
    public async Task EMUPLG013_a_plugin_without_its_attribute(string source, bool isWarned)
    {
        var complaints = new PluginCompilation(source).Diagnostics.Select(complaint =>
            $"{complaint.Location.GetLineSpan().Path}: {complaint.Severity} {complaint.Id}: {complaint.GetMessage(null)}");
        const string Warning = """Project.cs: Warning EMUPLG013: Class 'Bare' derives from Plugin but lacks [EmuPlugin("name", "summary")], so no emulator finds it; a base of plugins is abstract""";
        await Assert.That(string.Join('\n', complaints)).IsEqualTo(isWarned ? Warning : "");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task EMUPLG009_two_plugins_of_one_name_in_one_project(bool isExecutable)
    {
        const string Source = """
            [EmuPlugin("twin", "")] public sealed partial class One : Plugin, IOnFlush { public void OnFlush() { } }
            [EmuPlugin("twin", "")] public sealed partial class Two : Plugin, IOnFlush { public void OnFlush() { } }
            """;
        var complaints = new PluginCompilation(Source, isExecutable).Diagnostics.Select(complaint =>
            $"line {complaint.Location.GetLineSpan().StartLinePosition.Line}: {complaint.Id}: {complaint.GetMessage(null)}");
        await Assert.That(string.Join('\n', complaints)).IsEqualTo("line 1: EMUPLG009: 'twin' is used twice: plugins One and Two");
    }

    [Test]
    [Arguments("block.OnExecute<Callbacks.M>();", "void M(in VCpu vcpu, nint data) { }", $"the method lacks its attribute: {Exec}")]
    [Arguments("block.OnExecuteIf<Callbacks.M>(default, default, 1);", "void M(in VCpu vcpu, nint data) { }", $"the method lacks its attribute: {Exec}")]
    [Arguments("block[0].OnMemory<Callbacks.M>(AccessKind.Read);", "void M(in VCpu vcpu, in MemoryAccess access, nint data) { }", $"the method lacks its attribute: {Memory}")]
    [Arguments("foreach (var insn in block) insn.OnExecute<Good.Callbacks.M>();", "void M() { }", $"the method lacks its attribute: {Exec}")]
    [Arguments("block.OnExecute<Callbacks.M>();", "", $"'Good' has no such method: add {Exec}")]
    [Arguments("block.OnExecute<M>();", "", $"'Good' has no such method: add {Exec}")]
    [Arguments("block.OnExecute<M>();", "[ExecCallback] void M(in VCpu vcpu, nint data) { }", "write OnExecute<Callbacks.M>")]
    [Arguments("block[0].OnMemory<Callbacks.M>(AccessKind.Read);", "[ExecCallback] void M(in VCpu vcpu, nint data) { }", $"OnMemory takes another kind: {Memory}")]
    [Arguments("block.OnExecute<Callbacks.M>();", "[MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, nint data) { }", $"OnExecute takes another kind: {Exec}")]
    public async Task EMUPLG014_a_callback_that_there_is_not(string call, string members, string problem) =>
        await Assert.That(Complaints("EMUPLG014", call, members)).IsEqualTo("Project.cs: There is no callback 'M': " + problem);

    [Test]
    [Arguments("block.OnExecute((in VCpu vcpu, nint data) => { });", "OnExecute", "[ExecCallback] private void Name(in VCpu vcpu, nint userData)")]
    [Arguments("block[0].OnExecute(M);", "OnExecute", "[ExecCallback] private void Name(in VCpu vcpu, nint userData)")]
    [Arguments("block[0].OnMemory(AccessKind.Read, delegate { });", "OnMemory", "[MemoryCallback] private void Name(in VCpu vcpu, in MemoryAccess access, nint userData)")]
    public async Task EMUPLG015_a_callback_is_no_delegate(string call, string registration, string method) =>
        await Assert.That(Complaints("EMUPLG015", call, "void M(in VCpu vcpu, nint data) { }")).IsEqualTo(
            $"Project.cs: {registration} takes its callback as a type argument, not as a delegate: add a method, {method}, and write {registration}<Callbacks.Name>(…)");

    [Test]
    [Arguments("block.OnExecute<Callbacks.M>(); block[0].OnMemory<Callbacks.A>(AccessKind.Read); Other.Ask<ByHand>(block); block.OnExecute<ByHand>();")]
    [Arguments("new Stranger().OnExecute((in VCpu vcpu, nint data) => { }); new Stranger().OnExecute<int>();")]
    public async Task Callbacks_that_are_right_and_methods_of_others_are_not_complained_of(string call) => await Assert.That(Plugin(call, """
        [ExecCallback] void M(in VCpu vcpu, nint data) { }
        [MemoryCallback] void A(in VCpu vcpu, in MemoryAccess access, nint data) { }
        struct ByHand : IExecCallback { public static void Invoke(Plugin plugin, in VCpu vcpu, nint userData) { } }
        static class Other { public static void Ask<T>(TranslationBlock block) where T : struct, IExecCallback => block.OnExecute<T>(); }
        sealed class Stranger { public delegate void Callback(in VCpu vcpu, nint data); public void OnExecute(Callback callback) { } public void OnExecute<T>() { } }
        """).Diagnostics.IsEmpty).IsTrue();

    private static string Complaints(string id, string call, string members) => string.Join('\n', Plugin(call, members).Diagnostics
        .Where(complaint => complaint.Id == id).Select(static complaint => $"{complaint.Location.GetLineSpan().Path}: {complaint.GetMessage(null)}"));

    private static PluginCompilation Plugin(string call, string members) => new($$"""
        [EmuPlugin("good", "Good")] public sealed partial class Good : Plugin, IOnTranslate { public void OnTranslate(TranslationBlock block) { {{call}} } {{members}} }
        """);
}
