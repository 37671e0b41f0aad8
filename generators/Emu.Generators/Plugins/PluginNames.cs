using System.Text;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>Names of the contract, and the rules for names on the command line.</summary>
internal static class PluginNames
{
    public const string Space = "Emu.Plugins";
    public const string PluginAttribute = Space + ".EmuPluginAttribute";
    public const string OptionAttribute = Space + ".OptionAttribute";
    public const string TraceRecordAttribute = Space + ".TraceRecordAttribute";
    public const string TracedAttribute = Space + ".TracedAttribute";
    public const string LinkedAttribute = Space + ".Hosting.LinkedPluginAttribute";
    public const string Provides = Space + ".ProvidesAttribute<TService>";
    public const string Needs = Space + ".NeedsAttribute<TService>";
    public const string Block = Space + ".TranslationBlock";
    public const string Instruction = Space + ".Instruction";
    public const string Api = Space + ".PluginApi";

    private const string EventPrefix = "IOn";

    /// <summary>A name, with its namespace and without <c>global::</c>.</summary>
    public static string FullName(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>A type as generated code writes it.</summary>
    public static string Qualified(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>True if a class has <c>[EmuPlugin]</c>.</summary>
    public static bool IsPlugin(INamedTypeSymbol type) => type.GetAttributes().Any(data => data.AttributeClass is { } attribute && FullName(attribute) == PluginAttribute);

    /// <summary>True if <c>Plugin</c> is among the bases of a class.</summary>
    public static bool DerivesFromPlugin(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            if (FullName(parent) == Space + ".Plugin")
                return true;
        return false;
    }

    /// <summary>The members of <c>PluginEvents</c> for the event interfaces that a plugin implements.</summary>
    public static IEnumerable<string> EventsOf(INamedTypeSymbol plugin) => plugin.AllInterfaces
        .Where(type => type.ContainingNamespace.ToDisplayString() == Space && type.Name.StartsWith(EventPrefix, StringComparison.Ordinal))
        .Select(type => type.Name.Substring(EventPrefix.Length))
        .OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>True for lower-case letters, digits and the given other characters, a letter first.</summary>
    public static bool IsValid(string name, string others) =>
        name.Length > 0 && name[0] is >= 'a' and <= 'z' && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') || others.Contains(letter));

    /// <summary>The word for an enum member: <c>LeastRecent</c> is <c>least-recent</c>.</summary>
    public static string Word(string member)
    {
        var word = new StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            if (i > 0 && char.IsUpper(member[i]) && !char.IsUpper(member[i - 1]))
                word.Append('-');
            word.Append(char.ToLowerInvariant(member[i]));
        }

        return word.ToString();
    }

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
