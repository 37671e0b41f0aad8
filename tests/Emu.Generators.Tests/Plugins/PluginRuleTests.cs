using TUnit.Assertions.Enums;

namespace Emu.Generators.Tests.Plugins;

/// <summary>Each thing that can be wrong with a plugin, and that the message says so at the right place.</summary>
public class PluginRuleTests
{
    private const string Good = """[EmuPlugin("good", "Good")] public sealed partial class Good : Plugin, IOnFlush { public void OnFlush() { } BODY }""";

    [Test]
    [Arguments("sealed partial class Good", "public")]
    [Arguments("public partial class Good", "sealed")]
    [Arguments("public sealed class Good", "partial")]
    [Arguments("public sealed partial class Good<T>", "without type parameters")]
    [Arguments("internal partial class Good", "public and sealed")]
    public async Task EMUPLG001_the_shape_of_the_class(string declaration, string missing) =>
        await Assert.That(await Complaint("EMUPLG001", Good.Replace("public sealed partial class Good", declaration))).IsEqualTo($"Plugin class 'Good' must be {missing}");

    [Test]
    public async Task EMUPLG001_a_nested_class() =>
        await Assert.That(await Complaint("EMUPLG001", $"public partial class Outer {{ {Good.Replace("BODY", "")} }}")).IsEqualTo("Plugin class 'Good' must be outside of other types");

    [Test]
    public async Task EMUPLG002_the_base() => await Assert.That(await Complaint("EMUPLG002", Good.Replace("Plugin, IOnFlush", "IOnFlush"))).IsEqualTo("Plugin class 'Good' must derive from Emu.Plugins.Plugin");

    [Test]
    public async Task EMUPLG003_the_constructor() => await Assert.That(await Complaint("EMUPLG003", With("public Good(int number) { }"))).IsEqualTo("Plugin class 'Good' must have a parameterless constructor");

    [Test]
    [Arguments("")]
    [Arguments("Good")]
    [Arguments("a b")]
    [Arguments("1st")]
    [Arguments("a,b")]
    [Arguments("help")]
    public async Task EMUPLG004_the_name(string name) => await Assert.That(await Complaint("EMUPLG004", Good.Replace("\"good\"", $"\"{name}\""))).StartsWith($"'{name}' is no name for a plugin");

    [Test]
    [Arguments("help")]
    [Arguments("arg")]
    [Arguments("allow")]
    [Arguments("x=y")]
    [Arguments("")]
    public async Task EMUPLG004_the_name_of_an_option(string name) =>
        await Assert.That(await Complaint("EMUPLG004", With($$"""[Option("{{name}}", "")] public int X { get; init; }"""))).StartsWith($"'{name}' is no name for an option");

    [Test]
    [Arguments("[ExecCallback] void M() { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, int data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M(VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] int M(in VCpu vcpu, nint data) => 0;", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] static void M(in VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M<T>(in VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, nint data) { }", "in VCpu vcpu, in MemoryAccess access, nint userData")]
    public async Task EMUPLG005_the_signature_of_a_callback(string method, string signature) =>
        await Assert.That(await Complaint("EMUPLG005", With(method))).IsEqualTo($"Callback method 'M' must be 'void M({signature})', an instance method without type parameters; 'Registers registers' or 'VCpuControl control' may stand behind the vCPU");

    [Test]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) => N = registers.Read(H);", false)]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) => N = vcpu.Read(H);", false)]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) => N = vcpu.Registers.Read(H);", false)]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) => N = new Registers(16).Read(H);", false)]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, in Registers registers, nint data) => N = registers.Read(H);", false)]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, Registers registers, nint data) => N = registers.Read(H);", true)]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, Registers registers, in MemoryAccess access, nint data) => N = registers.Read(H);", true)]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, Registers registers, nint data) => N = registers.Read(H);", false)]
    public async Task R54_registers_are_for_callbacks_that_declare_them(string method, bool compiles)
    {
        var compilation = new PluginCompilation(With("private Register<ulong> H; private ulong N; " + method));
        await Assert.That(!compilation.Diagnostics.Any(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)).IsEqualTo(compiles);
    }

    [Test]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) { }", "M", "ExecCallback")]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, nint data) { }", "M", "MemoryCallback")]
    [Arguments("[Option(\"o\", \"\")] int O { get; init; }", "O", "Option")]
    public async Task EMUPLG006_an_attribute_outside_of_a_plugin(string member, string name, string attribute) =>
        await Assert.That(await Complaint("EMUPLG006", $"public class Other {{ {member} }}")).IsEqualTo($"'{name}' has [{attribute}], but its class is no plugin: it lacks [EmuPlugin]");

    [Test]
    [Arguments("float")]
    [Arguments("bool[]")]
    [Arguments("object")]
    [Arguments("int?")]
    [Arguments("int[][]")]
    [Arguments("char")]
    public async Task EMUPLG007_the_type_of_an_option(string type) =>
        await Assert.That(await Complaint("EMUPLG007", With($$"""[Option("o", "")] public {{type}} O { get; init; } = default!;"""))).StartsWith($"Option 'o' cannot be of type '{type}'; allowed: bool, int,");

    [Test]
    [Arguments("public static int O { get; set; }")]
    [Arguments("public required int O { get; init; }")]
    [Arguments("public int O { get; }")]
    [Arguments("public int O { init { } }")]
    public async Task EMUPLG008_the_property_of_an_option(string property) =>
        await Assert.That(await Complaint("EMUPLG008", With($"""[Option("o", "")] {property}"""))).StartsWith("Option 'o' must be an instance property with get and init");

    [Test]
    public async Task EMUPLG009_two_options_of_one_name() =>
        await Assert.That(await Complaint("EMUPLG009", With("""[Option("o", "")] public int A { get; init; } [Option("o", "")] public int B { get; init; }"""))).IsEqualTo("'o' is used twice: options A and B");

    [Test]
    public async Task EMUPLG009_two_callbacks_of_one_name() =>
        await Assert.That(await Complaint("EMUPLG009", With("[ExecCallback] void M(in VCpu vcpu, nint data) { } [MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, nint data) { }"))).StartsWith("'M' is used twice");

    [Test]
    public async Task EMUPLG010_no_event_is_a_warning_only()
    {
        var compilation = new PluginCompilation("""[EmuPlugin("good", "Good")] public sealed partial class Good : Plugin;""");
        await Assert.That(compilation.Ids).IsEquivalentTo(["EMUPLG010"], CollectionOrdering.Matching);
        await Assert.That(compilation.Files).HasSingleItem();
    }

    [Test]
    public async Task EMUPLG012_callbacks_need_unsafe_code() =>
        await Assert.That(await Complaint("EMUPLG012", With("[ExecCallback] void M(in VCpu vcpu, nint data) { }"), allowUnsafe: false)).Contains("<AllowUnsafeBlocks>true</AllowUnsafeBlocks>");

    private static string With(string body) => Good.Replace("BODY", body);

    private static async Task<string> Complaint(string id, string source, bool allowUnsafe = true)
    {
        var compilation = new PluginCompilation(source.Replace("BODY", ""), allowUnsafe: allowUnsafe);
        var complaint = await Assert.That(compilation.Diagnostics).HasSingleItem(diagnostic => diagnostic.Id == id);
        await Assert.That(complaint.Location).IsNotEqualTo(Microsoft.CodeAnalysis.Location.None);
        return complaint.GetMessage(null);
    }
}
