namespace Emu.Plugins;

/// <summary>What people ask that a plugin answers, by which <c>-p help</c> lists them.</summary>
public enum PluginTopic
{
    /// <summary>Where the time goes: instructions, blocks, functions.</summary>
    Time,

    /// <summary>What happens in memory: accesses, pages, caches.</summary>
    Memory,

    /// <summary>What was executed: coverage, logs, values.</summary>
    Execution,

    /// <summary>What the program and its system have to do with each other: calls, signals, modules, devices.</summary>
    System,

    /// <summary>What simulators and other tools read.</summary>
    Simulation,

    /// <summary>How the run is to go: its speed, its end.</summary>
    Steering,

    /// <summary>Whether the emulator itself is right, and where to begin a plugin.</summary>
    Platform,

    /// <summary>Anything else.</summary>
    Other,
}
