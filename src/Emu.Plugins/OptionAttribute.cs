namespace Emu.Plugins;

/// <summary>
/// Makes a property of a plugin an option: <c>-p NAME,option=value</c>. The property has an <c>init</c> or <c>set</c> accessor and one of the types
/// <see cref="bool"/>, <see cref="int"/>, <see cref="uint"/>, <see cref="long"/>, <see cref="ulong"/>, <see cref="double"/>, <see cref="string"/>, <see cref="ByteSize"/>,
/// <see cref="AddressRange"/>, an enum, or an array of one of these but <see cref="bool"/> and enums (the option may be repeated). Its initializer is the default. Parser and help text are generated; options are set before <see cref="Plugin.Install"/>.
/// </summary>
/// <remarks>
/// Booleans take <c>on yes true y 1</c> and <c>off no false n 0</c>, and the bare name means on. Numbers are decimal or <c>0x</c> hexadecimal.
/// Enum members are named in lower case with <c>-</c> between words: <c>LeastRecent</c> is <c>least-recent</c>.
/// </remarks>
/// <param name="name">The option's name: lower-case letters, digits, <c>-</c> and <c>_</c>, starting with a letter.</param>
/// <param name="summary">One line for <c>-p NAME,help</c>, without a full stop.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string name, string summary) : Attribute
{
    /// <summary>The option's name.</summary>
    public string Name { get; } = name;

    /// <summary>One line for the help.</summary>
    public string Summary { get; } = summary;

    /// <summary>True if the plugin cannot do without: a run that does not give the option is refused.</summary>
    public bool IsRequired { get; init; }
}
