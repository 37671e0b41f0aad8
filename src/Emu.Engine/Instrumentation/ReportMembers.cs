using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

/// <summary>Has the emulator itself write members of a report, as plugins have theirs. Not thread-safe.</summary>
public static class ReportMembers
{
    /// <summary>What is written next is a member of that name.</summary>
    public static void Begin(ReportWriter report, string name) => report.BeginPlugin(name);

    /// <summary>The member is complete.</summary>
    public static void End(ReportWriter report) => report.EndPlugin();

    /// <summary>Nothing follows: what was collected is written.</summary>
    public static void Complete(ReportWriter report) => report.Complete();
}
