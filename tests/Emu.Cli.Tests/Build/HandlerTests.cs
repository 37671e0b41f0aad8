using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Build;

/// <summary>
/// Handlers of threaded code go on by jumping: one that calls the next instead lets the stack grow with every op, and a long chain of them ends the process. Whether
/// the ahead-of-time compiler makes a jump of a call in tail position depends on small things in the handler and in what is compiled into it, so the file itself is looked at.
/// </summary>
public sealed partial class HandlerTests
{
    /// <summary>What the compiler calls the classes that hold handlers.</summary>
    private const string Holder = "RawCalliHelper";

    /// <summary>The symbols that publishing took out of the file, wherever the build has put them.</summary>
    private static readonly string? SymbolFile = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Emu.Cli"), "emu.dbg", SearchOption.AllDirectories)
        .FirstOrDefault(static file => BuildIdOf(file) == BuildIdOf(EmuExecutable.Path));

    [Test]
    public async Task Every_handler_ends_in_a_jump()
    {
        if (SymbolFile is null)
        {
            var reason = $"no emu.dbg below src/Emu.Cli holds the symbols of {EmuExecutable.Path}: it was published elsewhere";
            // What has just published the file must be able to look at it.
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            Skip.Test(reason);
        }
        var handlers = Handlers();
        await Assert.That(handlers.Count).IsGreaterThan(1000);
        await Assert.That(handlers.Values.Where(static handler => handler.Jumps == 0).Select(static handler => handler.Name).Order()).IsEmpty();
    }

    private static SortedList<ulong, Handler> Handlers()
    {
        var symbols = Symbols.Of(SymbolFile!);
        var handlers = new SortedList<ulong, Handler>();
        for (var index = 0; index + 1 < symbols.Count; index++)
            if (symbols[index].IsCode && symbols[index].Name.Contains(Holder, StringComparison.Ordinal) && symbols[index + 1].Address > symbols[index].Address)
                handlers.TryAdd(symbols[index].Address, new Handler(symbols[index].Name, symbols[index + 1].Address));
        CountJumps(handlers);
        return handlers;
    }

    // Instructions come in the order of their addresses, as the handlers do.
    private static void CountJumps(SortedList<ulong, Handler> handlers)
    {
        var current = -1;
        foreach (var line in Disassembly().Split('\n'))
        {
            if (InstructionLine().Match(line) is not { Success: true } match)
                continue;
            var address = ulong.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            while (current + 1 < handlers.Count && handlers.Keys[current + 1] <= address)
                current++;
            if (current >= 0 && address < handlers.Values[current].End && IndirectJump().IsMatch(match.Groups[2].ValueSpan))
                handlers.Values[current].Jumps++;
        }
    }

    private static string Disassembly() =>
        Launch.Tool("/usr/bin/objdump", "-d", "--no-show-raw-insn", "--section=__managedcode", EmuExecutable.Path).Run().OutputText;

    private static string BuildIdOf(string file) =>
        Launch.Tool("/usr/bin/readelf", "-n", file).Run().OutputText.Split('\n').Single(static line => line.Contains("Build ID", StringComparison.Ordinal));

    private sealed class Handler(string name, ulong end)
    {
        public string Name => name;

        public ulong End => end;

        public int Jumps { get; set; }
    }

    [GeneratedRegex(@"^\s*([0-9a-f]+):\t(.*)$")]
    private static partial Regex InstructionLine();

    [GeneratedRegex(@"^(rex\.W )?jmp\s+\*")]
    private static partial Regex IndirectJump();
}
