namespace Emu.Plugins.Tests.Options;

/// <summary>Cannot do without an option; does nothing.</summary>
[EmuPlugin("required", "Cannot do without an option")]
public sealed partial class RequiredPlugin : Plugin, IOnExit
{
    [Option("limit", "How much", IsRequired = true)]
    public int Limit { get; init; }

    public void OnExit(ReportWriter report)
    {
    }
}
