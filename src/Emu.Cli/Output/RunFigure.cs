namespace Emu.Cli.Output;

/// <summary>A figure of a run.</summary>
/// <param name="Name">What it is of, with its unit where that is not plain.</param>
/// <param name="Value">The figure.</param>
internal readonly record struct RunFigure(string Name, string Value);
