namespace Emu.Cli.CommandLine;

/// <summary>What <c>--backend</c> asks for.</summary>
internal enum BackendChoice
{
    /// <summary>The fastest that works here.</summary>
    Auto,

    /// <summary>Threaded code.</summary>
    Threaded,

    /// <summary>Machine code, or an error where the host does not allow it.</summary>
    X64,
}
