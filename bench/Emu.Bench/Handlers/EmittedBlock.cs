using System.Globalization;

namespace Emu.Bench.Handlers;

/// <summary>What the threaded backend made of a block: the handlers that run one after the other.</summary>
/// <param name="Pc">Guest address of the block.</param>
/// <param name="Handlers">The handlers' names as <c>-d out</c> prints them.</param>
internal sealed record EmittedBlock(ulong Pc, IReadOnlyList<string> Handlers)
{
    private const string Head = "OUT: 0x", Times = " times ", Plus = " + ", Operands = " d=";

    /// <summary>Reads what <c>-d out</c> wrote. A line is an op; a fused handler stands in the first of its ops, so the lines of the others are left out.</summary>
    public static IEnumerable<EmittedBlock> Read(string file)
    {
        var (pc, handlers, covered) = (0UL, new List<string>(), 0);
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith(Head, StringComparison.Ordinal))
            {
                if (handlers.Count > 0)
                    yield return new EmittedBlock(pc, handlers);
                (pc, handlers, covered) = (ulong.Parse(line.AsSpan(Head.Length, line.IndexOf(',') - Head.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture), [], 0);
            }
            else if (line.IndexOf(Operands, StringComparison.Ordinal) is > 0 and var end && covered-- <= 0 && line[..end].Trim() is var name && !IsWayOut(name))
            {
                handlers.Add(name);
                covered = OpsOf(name) - 1;
            }
        }

        if (handlers.Count > 0)
            yield return new EmittedBlock(pc, handlers);
    }

    /// <summary>How many ops a handler does.</summary>
    public static int OpsOf(string name) => name.Contains(Times, StringComparison.Ordinal) ? name[0] - '0' : name.Split(Plus).Length;

    private static bool IsWayOut(string name) => name is "exit" or "exit on miss" or "operands";
}
