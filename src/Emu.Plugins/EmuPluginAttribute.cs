namespace Emu.Plugins;

/// <summary>
/// Makes a class a plugin. The class is <c>public sealed partial</c>, derives from <see cref="Plugin"/>, has a parameterless constructor, and implements
/// the event interfaces (<see cref="IOnTranslate"/>, <see cref="IOnExit"/>, …) that it wants. Nothing else has to be registered anywhere: the
/// generator finds the class and the executable that references its assembly lists it.
/// </summary>
/// <param name="name">The name on the command line (<c>-p NAME</c>): lower-case letters, digits and <c>-</c>, starting with a letter; not <c>help</c> and not <c>emu</c>.</param>
/// <param name="summary">One line for <c>-p help</c>, without a full stop.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EmuPluginAttribute(string name, string summary) : Attribute
{
    /// <summary>The name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>One line for <c>-p help</c>.</summary>
    public string Summary { get; } = summary;
}
