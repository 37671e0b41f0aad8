namespace Emu.Generators.Tests.Plugins;

/// <summary>Which bodies translated code does itself, and what is said of the others.</summary>
public class LoweringTests
{
    [Test]
    [Arguments("_board[vcpu]++", "body.Add(plugin._board.Entry(), global::Emu.Plugins.Hosting.BodyValue.Of(0UL), global::Emu.Plugins.Hosting.BodyValue.Of(1UL));")]
    [Arguments("_counters.Increment(vcpu, data)", "body.Add(plugin._counters.Entry((int)userData), ")]
    [Arguments("{ if (data > 2) return; _board[vcpu] += 2; }", "body.Return();")]
    [Arguments("{ ref var own = ref _struct[vcpu]; own.Low = (int)own.High >> 3; }", "body.Write(plugin._struct.Entry(static (ref global::P.Pair entry) => ref ")]
    [Arguments("_array[vcpu][(int)data & 7] |= 1UL << (int)data", "body.Read(plugin._array.Entry(static (ref global::P.Eight entry) => ref entry[0]), index")]
    [Arguments("_struct[vcpu].High = Option ? Fixed : _struct[vcpu].High % 10", "body.Select(global::Emu.Plugins.Hosting.BodyValue.Of(plugin.Option), ")]
    public async Task A_simple_body_is_told(string body, string line)
    {
        var compilation = Compile(body);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Notes).IsEmpty();
        await Assert.That(compilation.Source("P.Plugin.g.cs")).Contains("public static bool Lower(").And.Contains(line);
    }

    [Test]
    [Arguments("_plain++", "'_plain' is neither a local nor part of a scoreboard")]
    [Arguments("_board[vcpu] += _plain", "'_plain' may change: code is translated with what readonly fields, init properties and private fields that only Install assigns hold")]
    [Arguments("_later[vcpu]++", "'_later' may change: code is translated with what readonly fields, init properties and private fields that only Install assigns hold")]
    [Arguments("_array[vcpu][(int)data]++", "the index may lie outside of the 8 elements: bound it, as by '& 7' or Math.Min")]
    [Arguments("_array[vcpu][(int)data % 8]++", "the index may lie outside of the 8 elements: bound it, as by '& 7' or Math.Min")]
    [Arguments("_board[vcpu] /= _board[vcpu]", "a division may fail unless it is by a constant other than 0 and -1")]
    [Arguments("Host.Log(\"\")", "'Host.Log(\"\")' is a call")]
    [Arguments("{ for (;;) _board[vcpu]++; }", "a statement of kind ForStatement")]
    [Arguments("{ if (_board[vcpu]++ > 2) return; }", "'_board[vcpu]++' is not lowered")]
    [Arguments("{ _board[vcpu] = checked(_board[vcpu] + 1); }", "'checked(_board[vcpu] + 1)' is not lowered")]
    [Arguments("_struct[vcpu].Small++", "'_struct[vcpu].Small' is no 64-bit number")]
    [Arguments("_board[0]++", "'_board[0]' is neither a local nor part of a scoreboard")]
    [Arguments("_board[vcpu] = (ulong)(Ratio * 2)", "'(Ratio * 2)' is no integer")]
    public async Task EMUPLG016_what_is_beyond_that_is_called_and_the_message_says_why(string body, string why)
    {
        var compilation = Compile(body);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(string.Join('\n', compilation.Notes.Select(note => note.GetMessage())))
            .IsEqualTo($"Callback 'Body' is called by translated code, which cannot do what it does itself: line 17: {why}");
        await Assert.That(compilation.Source("P.Plugin.g.cs")).DoesNotContain("Lower(");
    }

    private static PluginCompilation Compile(string body) => new($$"""
        [EmuPlugin("p", "P")]
        public sealed partial class P : Plugin, IOnFlush
        {
            private const ulong Fixed = 7;
            private Scoreboard<ulong> _board = null!;
            private Scoreboard<ulong> _later = null!;
            private Scoreboard<Pair> _struct = null!;
            private Scoreboard<Eight> _array = null!;
            private CounterList _counters = null!;
            private ulong _plain;
            private double Ratio { get; init; }
            public bool Option { get; init; }
            public override void Install(in GuestInfo guest) =>
                (_board, _struct, _array, _counters) = (Host.NewScoreboard<ulong>(), Host.NewScoreboard<Pair>(), Host.NewScoreboard<Eight>(), Host.NewCounters());
            public void OnFlush() => (_later, _plain) = (Host.NewScoreboard<ulong>(), _plain + 1);
            [ExecCallback]
            private void Body(in VCpu vcpu, nint data) {{(body.StartsWith('{') ? body : $"=> {body};")}}
            private struct Pair { public long Low; public ulong High; public int Small; }
            [System.Runtime.CompilerServices.InlineArray(8)] private struct Eight { private ulong _first; }
        }
        """);
}
