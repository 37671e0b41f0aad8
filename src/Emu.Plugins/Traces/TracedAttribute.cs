namespace Emu.Plugins;

/// <summary>Says what translated code puts into a field of a trace's record: an integer, an enum or a <see cref="bool"/>. Fields without it stay zero.</summary>
/// <param name="value">What it holds.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TracedAttribute(TraceValue value) : Attribute
{
    /// <summary>What it holds.</summary>
    public TraceValue Value { get; } = value;
}
