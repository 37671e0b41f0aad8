namespace Emu.Plugins;

/// <summary>Makes a partial struct, nested in the plugin or not, a record of a trace: the generator implements <see cref="ITraceRecord"/> from its fields with <see cref="TracedAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class TraceRecordAttribute : Attribute;
