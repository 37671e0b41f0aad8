using Emu.Generators.Shared;

namespace Emu.Generators.Syscalls;

/// <summary>The texts made from the table of names.</summary>
internal static class SyscallNameWriter
{
    public static string Names(EquatableArray<SyscallNameRow> rows)
    {
        var writer = new SourceWriter().Line("namespace Emu.Linux.Calls;").Line()
            .Summary("The names of all system calls, answered or not.")
            .Open("internal static class SyscallNames")
            .Summary("The call's name, or null if the number is not assigned.")
            .Open("public static string? Of(ulong number)")
            .Open("switch (number)");
        foreach (var row in Sound(rows))
            writer.Line($"case {row.Number}: return \"{row.Name}\";");
        return writer.Line("default: return null;").Close().Close().Close().ToString();
    }

    public static string HostCalls(EquatableArray<SyscallNameRow> rows)
    {
        var sound = Sound(rows).Where(static row => row.NumberX64 >= 0).OrderBy(static row => row.Number).ToList();
        var writer = new SourceWriter().Line("namespace Emu.Linux.Host;").Line()
            .Summary("The system calls of the host by name; values are the generic numbers.")
            .Open("internal enum HostCall");
        foreach (var row in sound)
            writer.Line($"{Pascal(row.Name)} = {row.Number},");
        writer.Close().Line()
            .Summary("The numbers of the host's architecture.")
            .Open("internal static class HostCallNumbers")
            .Summary("Numbers on x86-64 by generic number; where there is none, one that no kernel knows.")
            .Line("public static ReadOnlySpan<short> X64 =>").Line("[");
        var byNumber = sound.ToDictionary(static row => row.Number);
        for (var number = 0; number <= sound.Select(static row => row.Number).DefaultIfEmpty(-1).Max(); number++)
            writer.Line(byNumber.TryGetValue(number, out var row) ? $"    {row.NumberX64}, // {row.Name}" : "    0x7fff,");
        return writer.Line("];").Close().ToString();
    }

    private static IEnumerable<SyscallNameRow> Sound(EquatableArray<SyscallNameRow> rows) =>
        rows.Where(static row => row.IsSound).GroupBy(static row => row.Number).Select(static group => group.First());

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
