using Emu.Linux.Host;

namespace Emu.Cli.Running;

/// <summary>The environment that the guest starts with.</summary>
internal static class GuestEnvironment
{
    /// <summary>This process's variables, less some, then with others set: <c>NAME=value</c> each, as bytes.</summary>
    /// <param name="own">The variables of this process.</param>
    /// <param name="unset">Names to remove.</param>
    /// <param name="set">Assignments; each replaces a variable of the same name.</param>
    public static IReadOnlyList<byte[]> Of(byte[][] own, IReadOnlyList<string> unset, IReadOnlyList<string> set)
    {
        var variables = new List<byte[]>(own);
        foreach (var name in unset)
            Remove(variables, name);
        foreach (var assignment in set)
        {
            Remove(variables, assignment[..assignment.IndexOf('=')]);
            variables.Add(RawText.Encode(assignment));
        }

        return variables;
    }

    private static void Remove(List<byte[]> variables, string name)
    {
        var prefix = RawText.Encode(name + "=");
        variables.RemoveAll(variable => variable.AsSpan().StartsWith(prefix));
    }
}
