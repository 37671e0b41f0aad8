using System.Globalization;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers as text, for <c>-d out</c>: their micro-ops, or the address of a handler that has none.</summary>
internal static class HandlerNames
{
    /// <summary>The name of the handler at that address.</summary>
    public static string Of(nint handler, IReadOnlyDictionary<nint, string> named) =>
        named.TryGetValue(handler, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"0x{handler:x}");
}
