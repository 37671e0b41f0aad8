namespace Emu.Generators.Isa;

/// <summary>The house rule for names: PascalCased without dots, <c>c.addi16sp</c> is <c>CAddi16sp</c>.</summary>
internal static class Names
{
    public static string Pascal(string name) => string.Concat(
        name.Split(['.', '-'], StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>The words of a cell.</summary>
    public static string[] Words(string cell) => cell.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
