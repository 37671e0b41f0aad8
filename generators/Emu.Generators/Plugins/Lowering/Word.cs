using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>A place in a scoreboard's entry of the vCPU that a callback comes from.</summary>
/// <param name="Board">The scoreboard, as generated code names it.</param>
/// <param name="EntryType">The type of its entries.</param>
/// <param name="Path">From the entry to the place, such as <c>.Loads</c>.</param>
/// <param name="Type">What is there.</param>
/// <param name="Index">For an element of an inline array: its number, told to the body.</param>
internal sealed record Word(string Board, ITypeSymbol EntryType, string Path, ITypeSymbol Type, string? Index = null)
{
    /// <summary>The scoreboard's entry, and the word's number behind it, as arguments.</summary>
    public string Arguments => $"{Entry}, {Index ?? Names.Constant("0UL")}";

    private string Entry
    {
        get
        {
            if (Path.Length == 0 && Index is null)
                return $"{Board}.Entry()";
            var place = "entry" + Path + (Index is null ? "" : "[0]");
            var reference = Type.SpecialType == SpecialType.System_UInt64
                ? $"ref {place}"
                : $"ref global::System.Runtime.CompilerServices.Unsafe.As<{PluginNames.Qualified(Type)}, ulong>(ref {place})";
            return $"{Board}.Entry(static (ref {PluginNames.Qualified(EntryType)} entry) => {reference})";
        }
    }
}
