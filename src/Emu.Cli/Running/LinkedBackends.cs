using System.Diagnostics.CodeAnalysis;

namespace Emu.Cli.Running;

/// <summary>
/// Which backends are a part of this file, as the project's <c>EmuBackend</c> items chose (Emu.Sdk.targets): constants for the ahead-of-time compiler, which leaves out what only another
/// choice would reach.
/// </summary>
internal static class LinkedBackends
{
    /// <summary>Threaded code is.</summary>
    [FeatureSwitchDefinition("Emu.Backend.Threaded")]
    public static bool HasThreaded => !AppContext.TryGetSwitch("Emu.Backend.Threaded", out var isLinked) || isLinked;

    /// <summary>Machine code is.</summary>
    [FeatureSwitchDefinition("Emu.Backend.X64")]
    public static bool HasX64 => !AppContext.TryGetSwitch("Emu.Backend.X64", out var isLinked) || isLinked;
}
