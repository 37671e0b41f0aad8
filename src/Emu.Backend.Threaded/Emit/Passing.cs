namespace Emu.Backend.Threaded.Emit;

/// <summary>What an op's handler hands to the next handler in a host register.</summary>
internal enum Passing
{
    /// <summary>Nothing of worth: it calls plugins, or the next op may be reached in another way.</summary>
    Nothing,
    /// <summary>What it wrote to the place of its result.</summary>
    Result,
    /// <summary>What it was given.</summary>
    Same,
}
