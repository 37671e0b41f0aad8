using System.Globalization;
using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Writes a graph in Callgrind's profile format, version 1 (Valgrind manual, "Callgrind Format Specification"): positions are source lines, 0 where none is known; the event is Ir, instructions.</summary>
internal sealed class CallgrindFile(Host host, PluginOutput output)
{
    private readonly Dictionary<ulong, FunctionPlace> _places = [];

    public void Write(CallGraph graph)
    {
        Write($"# callgrind format\nversion: 1\ncreator: emu\npid: {Environment.ProcessId}\ncmd: {host.Guest.ProgramPath}\npart: 1\n\npositions: line\nevents: Ir\nsummary: {graph.Total}\n\n");
        // Both in the order of functions: each one's calls follow each other. Who calls has executed something.
        var arcs = graph.Arcs.AsValueEnumerable().OrderBy(static arc => arc.Key).ToArray();
        var next = 0;
        foreach (var (function, counts) in graph.Functions.AsValueEnumerable().OrderBy(static function => function.Key).ToArray())
        {
            var place = PlaceOf(function);
            Write($"ob={NameOf(place.Module)}\nfl={NameOf(place.File)}\nfn={place.Name}\n{LineOf(function)} {counts.Own}\n");
            for (; next < arcs.Length && arcs[next].Key.Caller == function; next++)
                Write(arcs[next].Key, arcs[next].Value);
            Write("\n");
        }

        Write($"totals: {graph.Total}\n");
    }

    private void Write(in CallArc arc, in ArcCounts counts)
    {
        var place = PlaceOf(arc.Callee);
        Write($"cob={NameOf(place.Module)}\ncfi={NameOf(place.File)}\ncfn={place.Name}\ncalls={counts.Calls} {LineOf(arc.Callee)}\n{LineOf(arc.Site)} {counts.Inclusive}\n");
    }

    private static string NameOf(string name) => name.Length > 0 ? name : "???";

    private string LineOf(ulong address) => (host.SourceAt(address) is [var source, ..] ? source.Line : 0).ToString(CultureInfo.InvariantCulture);

    private FunctionPlace PlaceOf(ulong function)
    {
        if (!_places.TryGetValue(function, out var place))
            _places.Add(function, place = FunctionPlace.Of(host, function));
        return place;
    }

    private void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
