using System.Collections.Immutable;
using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Syscalls;

/// <summary>From a method's symbol to its model.</summary>
internal static class SyscallReader
{
    private const string Namespace = "Emu.Linux.Calls.";

    public const string SyscallAttribute = Namespace + "SyscallAttribute";

    public static SyscallModel Read(GeneratorAttributeSyntaxContext context)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        var parameters = method.Parameters.Skip(1).ToList();
        return new SyscallModel(
            attribute.ConstructorArguments[0].Value is int number ? number : -1,
            method.Name,
            NameOf(method.ContainingType),
            ReturnsOf(attribute),
            ProblemOf(method),
            new(parameters.Select(ReadParameter).ToImmutableArray()),
            new(parameters.Select(static item => item.Type).Where(static type => type.TypeKind == TypeKind.Enum).Select(ReadEnum).ToImmutableArray()),
            SourcePlace.Of(method.Locations[0]));
    }

    private static string ReturnsOf(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == "Returns" && argument.Value.Type is INamedTypeSymbol type)
                foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
                    if (field.HasConstantValue && Equals(field.ConstantValue, argument.Value.Value))
                        return field.Name;
        return "Number";
    }

    private static string? ProblemOf(IMethodSymbol method)
    {
        if (!method.IsStatic)
            return "it must be static";
        if (method.ReturnType.ToDisplayString() != Namespace + "SysResult")
            return "it must return SysResult";
        if (method.Parameters.Length == 0 || method.Parameters[0].RefKind != RefKind.Ref
            || method.Parameters[0].Type.ToDisplayString() != Namespace + "SyscallContext")
            return "its first parameter must be 'ref SyscallContext'";
        return null;
    }

    private static ParameterModel ReadParameter(IParameterSymbol parameter)
    {
        var (form, words) = FormOf(parameter);
        return new ParameterModel(parameter.Name, NameOf(parameter.Type), form, words);
    }

    private static (ParameterForm Form, int Words) FormOf(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
            return (ParameterForm.Unknown, 0);
        switch (parameter.Type.SpecialType)
        {
            case SpecialType.System_Int32:
            case SpecialType.System_UInt32:
            case SpecialType.System_Int64:
            case SpecialType.System_UInt64:
                return (ParameterForm.Integer, 1);
        }

        if (parameter.Type.TypeKind == TypeKind.Enum)
            return (ParameterForm.Enum, 1);
        if (parameter.Type.TypeKind == TypeKind.Error)
            return (ParameterForm.Integer, 1); // the compiler reports it
        foreach (var attribute in parameter.Type.OriginalDefinition.GetAttributes())
            if (attribute.AttributeClass?.ToDisplayString() == Namespace + "SyscallArgumentAttribute")
                return (ParameterForm.Argument, attribute.ConstructorArguments[0].Value is int words ? words : 1);
        return (ParameterForm.Unknown, 0);
    }

    private static EnumModel ReadEnum(ITypeSymbol type)
    {
        var (isFlags, mask) = (false, 0L);
        foreach (var attribute in type.GetAttributes())
            if (attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute")
                isFlags = true;
            else if (attribute.AttributeClass?.ToDisplayString() == Namespace + "ChoiceAttribute")
                mask = Convert.ToInt64(attribute.ConstructorArguments[0].Value);
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)
            .Select(static field => new EnumMemberModel(field.Name, ToLong(field.ConstantValue)));
        return new EnumModel(NameOf(type), isFlags, mask, new(members.ToImmutableArray()));
    }

    private static long ToLong(object? value) => value is ulong large ? unchecked((long)large) : Convert.ToInt64(value);

    private static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
