using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Emu.Generators.Plugins;

/// <summary>Something wrong, as plain values: the number of a rule, the place and the message's arguments.</summary>
internal sealed record PluginProblem(string Rule, string Path, TextSpan Span, LinePositionSpan Lines, string Subject, string Detail)
{
    public static PluginProblem At(DiagnosticDescriptor rule, Location? location, string subject, string detail = "")
    {
        var lines = location?.GetLineSpan();
        return new(rule.Id, lines?.Path ?? "", location?.SourceSpan ?? default, lines?.Span ?? default, subject, detail);
    }

    public Diagnostic ToDiagnostic()
    {
        var location = Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines);
        return Diagnostic.Create(PluginRules.Of(Rule), location, Subject, Detail);
    }
}
