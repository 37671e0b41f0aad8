namespace Emu.Plugins.Hosting;

/// <summary>An option of a linked plugin.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Choices">For <see cref="OptionKind.Choice"/>: the values; else empty.</param>
/// <param name="Default">The default, as it would be written on the command line.</param>
public sealed record OptionDescriptor(string Name, string Summary, OptionKind Kind, IReadOnlyList<string> Choices, string Default)
{
    /// <summary>True if it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True if it may be given more than once.</summary>
    public bool IsList { get; init; }
}
