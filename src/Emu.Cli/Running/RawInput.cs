using System.Text;

namespace Emu.Cli.Running;

/// <summary>
/// Arguments and environment as the kernel handed them over: bytes, which need not be UTF-8, while the runtime's strings are.
/// </summary>
internal static class RawInput
{
    /// <summary>The last <paramref name="count"/> arguments of this process.</summary>
    public static byte[][] LastArguments(int count) => Split("/proc/self/cmdline")[^count..];

    /// <summary>The environment, <c>NAME=value</c> each, after removing and setting variables.</summary>
    public static IReadOnlyList<byte[]> Environment(IReadOnlyList<string> unset, IReadOnlyList<string> set)
    {
        var variables = Split("/proc/self/environ").ToList();
        foreach (var name in unset)
            Remove(variables, name);
        foreach (var assignment in set)
        {
            Remove(variables, assignment[..assignment.IndexOf('=')]);
            variables.Add(Encoding.UTF8.GetBytes(assignment));
        }

        return variables;
    }

    private static void Remove(List<byte[]> variables, string name)
    {
        var prefix = Encoding.UTF8.GetBytes(name + "=");
        variables.RemoveAll(variable => variable.AsSpan().StartsWith(prefix));
    }

    private static byte[][] Split(string path)
    {
        var texts = new List<byte[]>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.IndexOf((byte)0) is var end && end >= 0)
        {
            texts.Add(rest[..end].ToArray());
            rest = rest[(end + 1)..];
        }

        return [.. texts];
    }
}
