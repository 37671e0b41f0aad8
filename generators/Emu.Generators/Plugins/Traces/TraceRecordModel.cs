using Emu.Generators.Shared;

namespace Emu.Generators.Plugins.Traces;

/// <summary>A record of a trace, understood.</summary>
/// <param name="Space">The namespace; empty for none.</param>
/// <param name="Types">Heads of the types around it and of itself, outermost first: <c>partial class Sampler</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What is filled.</param>
/// <param name="Problems">What is wrong with it; if anything is, nothing is written.</param>
internal sealed record TraceRecordModel(string Space, EquatableArray<string> Types, string Name, EquatableArray<TracedField> Fields, EquatableArray<PluginProblem> Problems);

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as generated code names it.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Value">Number of a member of <c>TraceValue</c>.</param>
internal sealed record TracedField(string Name, string Type, int Size, int Value);
