using Assert = Xunit.Assert;

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
    public void EMUPLG001_the_shape_of_the_class(string declaration, string missing) =>
        Assert.Equal($"Plugin class 'Good' must be {missing}", Complaint("EMUPLG001", Good.Replace("public sealed partial class Good", declaration)));

    [Test]
    public void EMUPLG001_a_nested_class() =>
        Assert.Equal("Plugin class 'Good' must be outside of other types", Complaint("EMUPLG001", $"public partial class Outer {{ {Good.Replace("BODY", "")} }}"));

    [Test]
    public void EMUPLG002_the_base() => Assert.Equal("Plugin class 'Good' must derive from Emu.Plugins.Plugin", Complaint("EMUPLG002", Good.Replace("Plugin, IOnFlush", "IOnFlush")));

    [Test]
    public void EMUPLG003_the_constructor() => Assert.Equal("Plugin class 'Good' must have a parameterless constructor", Complaint("EMUPLG003", With("public Good(int number) { }")));

    [Test]
    [Arguments("")]
    [Arguments("Good")]
    [Arguments("a b")]
    [Arguments("1st")]
    [Arguments("a,b")]
    [Arguments("help")]
    public void EMUPLG004_the_name(string name) => Assert.StartsWith($"'{name}' is no name for a plugin", Complaint("EMUPLG004", Good.Replace("\"good\"", $"\"{name}\"")));

    [Test]
    [Arguments("help")]
    [Arguments("arg")]
    [Arguments("x=y")]
    [Arguments("")]
    public void EMUPLG004_the_name_of_an_option(string name) =>
        Assert.StartsWith($"'{name}' is no name for an option", Complaint("EMUPLG004", With($$"""[Option("{{name}}", "")] public int X { get; init; }""")));

    [Test]
    [Arguments("[ExecCallback] void M() { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, int data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M(VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] int M(in VCpu vcpu, nint data) => 0;", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] static void M(in VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[ExecCallback] void M<T>(in VCpu vcpu, nint data) { }", "in VCpu vcpu, nint userData")]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, nint data) { }", "in VCpu vcpu, in MemoryAccess access, nint userData")]
    public void EMUPLG005_the_signature_of_a_callback(string method, string signature) =>
        Assert.Equal($"Callback method 'M' must be 'void M({signature})', an instance method without type parameters", Complaint("EMUPLG005", With(method)));

    [Test]
    [Arguments("[ExecCallback] void M(in VCpu vcpu, nint data) { }", "M", "ExecCallback")]
    [Arguments("[MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, nint data) { }", "M", "MemoryCallback")]
    [Arguments("[Option(\"o\", \"\")] int O { get; init; }", "O", "Option")]
    public void EMUPLG006_an_attribute_outside_of_a_plugin(string member, string name, string attribute) =>
        Assert.Equal($"'{name}' has [{attribute}], but its class is no plugin: it lacks [EmuPlugin]", Complaint("EMUPLG006", $"public class Other {{ {member} }}"));

    [Test]
    [Arguments("double")]
    [Arguments("object")]
    [Arguments("int?")]
    [Arguments("int[]")]
    [Arguments("char")]
    public void EMUPLG007_the_type_of_an_option(string type) =>
        Assert.StartsWith($"Option 'o' cannot be of type '{type}'; allowed: bool, int,", Complaint("EMUPLG007", With($$"""[Option("o", "")] public {{type}} O { get; init; } = default!;""")));

    [Test]
    [Arguments("public static int O { get; set; }")]
    [Arguments("public required int O { get; init; }")]
    [Arguments("public int O { get; }")]
    [Arguments("public int O { init { } }")]
    public void EMUPLG008_the_property_of_an_option(string property) =>
        Assert.StartsWith("Option 'o' must be an instance property with get and init", Complaint("EMUPLG008", With($"""[Option("o", "")] {property}""")));

    [Test]
    public void EMUPLG009_two_options_of_one_name() =>
        Assert.Equal("'o' is used twice: options A and B", Complaint("EMUPLG009", With("""[Option("o", "")] public int A { get; init; } [Option("o", "")] public int B { get; init; }""")));

    [Test]
    public void EMUPLG009_two_callbacks_of_one_name() =>
        Assert.StartsWith("'M' is used twice", Complaint("EMUPLG009", With("[ExecCallback] void M(in VCpu vcpu, nint data) { } [MemoryCallback] void M(in VCpu vcpu, in MemoryAccess access, nint data) { }")));

    [Test]
    public void EMUPLG010_no_event_is_a_warning_only()
    {
        var compilation = new PluginCompilation("""[EmuPlugin("good", "Good")] public sealed partial class Good : Plugin;""");
        Assert.Equal(["EMUPLG010"], compilation.Ids);
        Assert.Single(compilation.Files);
    }

    [Test]
    public void EMUPLG012_callbacks_need_unsafe_code() =>
        Assert.Contains("<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", Complaint("EMUPLG012", With("[ExecCallback] void M(in VCpu vcpu, nint data) { }"), allowUnsafe: false));

    private static string With(string body) => Good.Replace("BODY", body);

    private static string Complaint(string id, string source, bool allowUnsafe = true)
    {
        var compilation = new PluginCompilation(source.Replace("BODY", ""), allowUnsafe: allowUnsafe);
        var complaint = Assert.Single(compilation.Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.NotEqual(Microsoft.CodeAnalysis.Location.None, complaint.Location);
        return complaint.GetMessage(null);
    }
}
