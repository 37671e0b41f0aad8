using Emu.Generators.Shared;

namespace Emu.Generators.Plugins;

/// <summary>A plugin class, understood: plain values with value equality, so that what is written for it is kept as long as nothing of it changes.</summary>
/// <param name="Space">The namespace; empty for none.</param>
/// <param name="TypeName">The class's name.</param>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">One line of help.</param>
/// <param name="ApiVersion">Version of the contract that it is compiled against.</param>
/// <param name="Events">Members of <c>PluginEvents</c>.</param>
/// <param name="Services">What it provides and needs.</param>
/// <param name="Options">Its options.</param>
/// <param name="Callbacks">Its callbacks.</param>
/// <param name="Problems">What is wrong with it; if anything is, nothing is written.</param>
internal sealed record PluginModel(
    string Space,
    string TypeName,
    string Name,
    string Summary,
    int ApiVersion,
    EquatableArray<string> Events,
    ServiceModel Services,
    EquatableArray<OptionModel> Options,
    EquatableArray<CallbackModel> Callbacks,
    EquatableArray<PluginProblem> Problems)
{
    /// <summary>The class as generated code names it.</summary>
    public string QualifiedName => Space.Length == 0 ? $"global::{TypeName}" : $"global::{Space}.{TypeName}";
}

/// <summary>An option.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">One line of help.</param>
/// <param name="Kind">The method of <c>OptionValues</c> that reads it.</param>
/// <param name="Type">The property's type as generated code names it.</param>
/// <param name="Choices">For a choice: the members of the enum.</param>
/// <param name="IsRequired">True if it must be given.</param>
internal sealed record OptionModel(string Property, string Name, string Summary, string Kind, string Type, EquatableArray<string> Choices, bool IsRequired)
{
    /// <summary>True if it may be given more than once.</summary>
    public bool IsList => Kind.EndsWith("List", StringComparison.Ordinal);

    /// <summary>The member of <c>OptionKind</c>: a list of texts has one of its own.</summary>
    public string DescribedKind => Kind == "TextList" ? Kind : IsList ? Kind.Substring(0, Kind.Length - "List".Length) : Kind;
}

/// <summary>A callback.</summary>
/// <param name="Struct">The struct as code inside of the plugin names it.</param>
/// <param name="Method">The method that it calls, if it is generated; null if it was written by hand.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="IsInlined">True if the body may be compiled into the handler that calls it.</param>
/// <param name="IsLowered">True if the body can be told, by the statements of <paramref name="Body"/>.</param>
/// <param name="Body">Statements that tell the body to translated code.</param>
/// <param name="RegisterUse">A member of <c>RegisterUse</c>: by what the method takes behind the vCPU.</param>
internal sealed record CallbackModel(string Struct, string? Method, CallbackKind Kind, bool IsInlined, bool IsLowered = false, EquatableArray<string> Body = default, string RegisterUse = "None")
{
    /// <summary>What the contract has for it.</summary>
    public CallbackContract Contract => CallbackContract.Of(Kind);
}
