namespace Emu.Ir.Tests.Float;

/// <summary>The files that the build copies beside the tests, and how to compare with their lines.</summary>
internal static class FloatTestFiles
{
    public static string Vectors => Path.Combine(AppContext.BaseDirectory, "Float", "vectors.txt");

    public static string Guest => Path.Combine(AppContext.BaseDirectory, "Float", "float-vectors");

    /// <summary>Lines of the guest that the soft implementation does not agree with.</summary>
    public static List<string> Differences(IEnumerable<string> lines)
    {
        List<string> wrong = [];
        foreach (var line in lines)
        {
            var (value, flags) = FloatVector.Parse(line).Evaluate();
            if ((value, flags) != FloatVector.ParseResult(line)) wrong.Add($"{line}   but here {value:x} {flags:x}");
        }
        return wrong;
    }
}
