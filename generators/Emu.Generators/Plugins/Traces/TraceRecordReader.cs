using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Traces;

/// <summary>Reads a struct with <c>[TraceRecord]</c>.</summary>
internal static class TraceRecordReader
{
    public static TraceRecordModel Read(GeneratorAttributeSyntaxContext context)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var problems = new List<PluginProblem>();
        var heads = new List<string>();
        for (var around = type; around is not null; around = around.ContainingType)
        {
            if (!IsPartial(around) || around.IsGenericType)
                problems.Add(PluginProblem.At(PluginRules.RecordShape, around.Locations.FirstOrDefault(), around.Name, "partial, without type parameters"));
            heads.Insert(0, $"partial {(around.IsRecord ? "record " : "")}{(around.TypeKind == TypeKind.Struct ? "struct" : "class")} {around.Name}");
        }

        if (!type.IsUnmanagedType)
            problems.Add(PluginProblem.At(PluginRules.RecordShape, type.Locations.FirstOrDefault(), type.Name, "without references in it"));
        var fields = Fields(type, problems);
        if (fields.Length == 0)
            problems.Add(PluginProblem.At(PluginRules.RecordShape, type.Locations.FirstOrDefault(), type.Name, "a struct in which some field is [Traced]"));
        return new(type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(), new([.. heads]), type.Name, fields, new([.. problems]));
    }

    private static EquatableArray<TracedField> Fields(INamedTypeSymbol type, List<PluginProblem> problems)
    {
        var fields = new List<TracedField>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.GetAttributes().FirstOrDefault(data => data.AttributeClass is { } attribute && PluginNames.FullName(attribute) == PluginNames.TracedAttribute) is not { } traced)
                continue;
            var size = SizeOf(field.Type);
            if (size == 0 || field.IsStatic || field.IsReadOnly)
                problems.Add(PluginProblem.At(PluginRules.RecordField, field.Locations.FirstOrDefault(), field.Name));
            fields.Add(new(field.Name, PluginNames.Qualified(field.Type), size, traced.ConstructorArguments.FirstOrDefault().Value as int? ?? 0));
        }

        return new([.. fields]);
    }

    private static int SizeOf(ITypeSymbol type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type).SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => 8,
        _ => 0,
    };

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(static part => part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
