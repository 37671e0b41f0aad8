using Emu.Generators.Shared;

namespace Emu.Generators.Plugins;

/// <summary>The services of a plugin: types as generated code names them.</summary>
/// <param name="Provided">Those that it provides.</param>
/// <param name="Needed">Those that it uses.</param>
internal sealed record ServiceModel(EquatableArray<string> Provided, EquatableArray<string> Needed)
{
    /// <summary>No service.</summary>
    public static readonly ServiceModel None = new(new([]), new([]));
}
