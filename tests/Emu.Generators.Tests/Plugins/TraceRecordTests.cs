using TUnit.Assertions.Enums;

namespace Emu.Generators.Tests.Plugins;

/// <summary>Records of traces: where their fields are, and what cannot be one.</summary>
public class TraceRecordTests
{
    [Test]
    public async Task A_record_may_be_nested_and_use_any_length()
    {
        var compilation = new PluginCompilation("""
            namespace Some.Place;
            internal partial class Outer
            {
                [TraceRecord]
                private partial struct Access
                {
                    [Traced(TraceValue.Address)] public ulong Address;
                    [Traced(TraceValue.Kind)] public AccessKind Kind;
                    [Traced(TraceValue.Size)] public byte Size;
                    public ushort Spare;
                }

                internal static TraceBuffer<Access> Make(Host host) => host.NewTraceBuffer<Access>(16, static (vcpu, records) => { });
            }
            """.Replace("internal static", "private static"));
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Files).IsEquivalentTo(["Some.Place.Outer.Access.Trace.g.cs"], CollectionOrdering.Matching);
        var source = compilation.Source("Some.Place.Outer.Access.Trace.g.cs");
        await Assert.That(source).Contains("(global::Emu.Plugins.TraceValue)1, (int)global::System.Runtime.CompilerServices.Unsafe.ByteOffset(ref start, ref global::System.Runtime.CompilerServices.Unsafe.As<ulong, byte>(ref record.Address)), 8)");
        await Assert.That(source).Contains("ref record.Kind)), 4)");
        await Assert.That(source).Contains("ref record.Size)), 1)");
        await Assert.That(source).DoesNotContain("Spare");
    }

    [Test]
    [Arguments("[TraceRecord] public struct R { [Traced(TraceValue.Size)] public byte A; }", "'R', with [TraceRecord] or around a struct with it, must be partial, without type parameters")]
    [Arguments("[TraceRecord] public partial struct R<T> { [Traced(TraceValue.Size)] public byte A; }", "'R', with [TraceRecord] or around a struct with it, must be partial, without type parameters")]
    [Arguments("public class Outer { [TraceRecord] public partial struct R { [Traced(TraceValue.Size)] public byte A; } }", "'Outer', with [TraceRecord] or around a struct with it, must be partial, without type parameters")]
    [Arguments("[TraceRecord] public partial struct R { [Traced(TraceValue.Size)] public byte A; public string B; }", "'R', with [TraceRecord] or around a struct with it, must be without references in it")]
    [Arguments("[TraceRecord] public partial struct R { public byte A; }", "'R', with [TraceRecord] or around a struct with it, must be a struct in which some field is [Traced]")]
    public async Task EMUPLG020_the_shape_of_a_record(string source, string message) => await Complains("EMUPLG020", source, message);

    [Test]
    [Arguments("public double A;")]
    [Arguments("public bool A;")]
    [Arguments("public readonly byte A;")]
    [Arguments("public static byte A;")]
    public async Task EMUPLG021_the_type_of_a_field(string field) =>
        await Complains("EMUPLG021", $"[TraceRecord] public partial struct R {{ [Traced(TraceValue.Size)] {field} }}", "Field 'A' of a trace's record must be an integer or an enum, neither static nor readonly");

    private static async Task Complains(string id, string source, string message)
    {
        var compilation = new PluginCompilation(source);
        var complaint = await Assert.That(compilation.Diagnostics).HasSingleItem(diagnostic => diagnostic.Id == id);
        await Assert.That(complaint.GetMessage(null)).IsEqualTo(message);
        await Assert.That(complaint.Location).IsNotEqualTo(Microsoft.CodeAnalysis.Location.None);
        await Assert.That(compilation.Files).IsEmpty();
    }
}
