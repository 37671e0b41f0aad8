namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>A plugin has thrown and is disabled.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Reason">What it threw: the exception's type and message, in one line.</param>
public sealed record PluginFailure(string Plugin, string Reason)
{
    /// <summary>The one line that says so.</summary>
    public override string ToString() => $"emu: plugin '{Plugin}' failed and is disabled: {Reason}";
}
