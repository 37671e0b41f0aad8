namespace StandardPlugins;

/// <summary>What is written.</summary>
public enum FlameFormat
{
    /// <summary>A line for each stack: its functions, the first caller first, with semicolons between them, and how many instructions.</summary>
    Folded,

    /// <summary>A picture: each function as wide as its instructions, on its caller.</summary>
    Svg,
}
