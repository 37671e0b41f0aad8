using System.Diagnostics.CodeAnalysis;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Which handlers are a part of this file, as its build chose (Emu.Sdk.targets): a constant for the ahead-of-time compiler.</summary>
internal static class HandlerChoice
{
    /// <summary>
    /// Those of several ops in a row are, which make threaded code a third faster and the file 3 MB larger. They are left out where threaded code only stands in for machine code on
    /// hosts that allow none.
    /// </summary>
    [FeatureSwitchDefinition("Emu.Backend.Threaded.Fused")]
    public static bool HasFused => !AppContext.TryGetSwitch("Emu.Backend.Threaded.Fused", out var isLinked) || isLinked;
}
