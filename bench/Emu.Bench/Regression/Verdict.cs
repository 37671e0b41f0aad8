namespace Emu.Bench.Regression;

/// <summary>What a comparison says of a row.</summary>
internal enum Verdict
{
    /// <summary>The whole interval is within the threshold.</summary>
    Same,

    /// <summary>The whole interval is beyond the threshold: more is needed than before.</summary>
    Slower,

    /// <summary>The whole interval is beyond the threshold: less is needed than before.</summary>
    Faster,

    /// <summary>The interval holds a threshold: the runs spread too much to tell.</summary>
    Unclear,

    /// <summary>The baseline does not have the row.</summary>
    New,
}
