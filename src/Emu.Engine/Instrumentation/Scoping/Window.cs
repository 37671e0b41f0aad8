using System.Globalization;
using System.Runtime.InteropServices;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Blocks;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>
/// When one plugin is told of the instructions that it is shown (E3): of some of them by their number, of some threads, between two places of the program. Decided when code runs, so what it
/// asks for is there in the code, and skipped where the window is closed.
/// </summary>
internal sealed unsafe class Window : IDisposable
{
    private const string HintWord = "hint";

    private readonly string _start;
    private readonly string _stop;
    private readonly ulong[] _threads;
    private nint _outside;
    private Scoreboard<ulong>? _muted;

    private Window(ulong skip, ulong count, ulong every, ulong[] threads, string start, string stop)
    {
        (Skip, Count, Every, _threads, _start, _stop) = (skip, count, every, threads, start, stop);
        if (!HasMarks)
            return;
        _outside = (nint)NativeMemory.AlignedAlloc(64, 64);
        *(ulong*)_outside = start.Length > 0 ? 1UL : 0;
    }

    /// <summary>How many instructions each vCPU executes before the plugin is told of any.</summary>
    public ulong Skip { get; }

    /// <summary>Of how many it is told then; the largest number for all.</summary>
    public ulong Count { get; }

    /// <summary>Of every so many of these it is told of the first.</summary>
    public ulong Every { get; }

    /// <summary>True if the numbers of instructions matter.</summary>
    public bool Counts => Skip > 0 || Count < ulong.MaxValue || Every > 1;

    /// <summary>True if there is a place at which it opens or closes.</summary>
    public bool HasMarks => _start.Length > 0 || _stop.Length > 0;

    /// <summary>Host address of a word that is not zero outside of the region; 0 if there is none.</summary>
    public nint Outside => _outside;

    /// <summary>For vCPU 0 the word that is not zero for vCPUs that the plugin is not told of; null if it is told of all.</summary>
    public ScoreboardEntry? Muted => _muted?.Entry();

    /// <summary>The window that the options give a plugin, or null if it is always open.</summary>
    /// <exception cref="PluginOptionException">A value cannot be one.</exception>
    public static Window? Of(PluginDescriptor plugin, OptionValues options)
    {
        var given = ScopeOptions.Of(plugin).AsValueEnumerable().Select(static option => option.Name).Where(name => ScopeOptions.IsWindow(name) && options.Names.AsValueEnumerable().Contains(name)).ToArray();
        if (given.Length == 0)
            return null;
        ulong Number(string name, ulong otherwise) => Array.IndexOf(given, name) < 0 ? otherwise : options.Number(name, otherwise);
        string Text(string name) => Array.IndexOf(given, name) < 0 ? "" : options.Text(name, "");
        return new Window(
            Number(ScopeOptions.Skip, 0),
            Positive(plugin, ScopeOptions.Count, Number(ScopeOptions.Count, ulong.MaxValue)),
            Positive(plugin, ScopeOptions.Every, Number(ScopeOptions.Every, 1)),
            Array.IndexOf(given, ScopeOptions.Thread) < 0 ? [] : options.NumberList<ulong>(ScopeOptions.Thread, []),
            Place(plugin, ScopeOptions.Start, Text(ScopeOptions.Start)),
            Place(plugin, ScopeOptions.Stop, Text(ScopeOptions.Stop)));
    }

    /// <summary>Gets what it needs from the host of its plugin.</summary>
    public void Attach(Host host)
    {
        if (_threads.Length > 0)
            _muted = host.NewScoreboard<ulong>();
    }

    /// <summary>A vCPU begins, or is there when the plugin is installed. Its words have been cleared.</summary>
    public void Begin(VCpuContext vcpu)
    {
        if (_muted is not null && Array.IndexOf(_threads, (ulong)vcpu.ThreadId) < 0)
            _muted[vcpu.Index] = 1;
    }

    /// <summary>What <see cref="Outside"/> becomes at an instruction of the view's block, before the plugin is told of it; null for all but the places that were given.</summary>
    public ulong? MarkAt(BlockView view, int place) =>
        !HasMarks ? null :
        Is(_start, RegionMark.Start, view, place) ? 0 :
        Is(_stop, RegionMark.Stop, view, place) ? 1UL : null;

    /// <summary>Gives its memory back; no translated code may refer to it.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree((void*)_outside);
        _outside = 0;
    }

    private static bool Is(string given, RegionMark mark, BlockView view, int place) => given switch
    {
        "" => false,
        HintWord => view.MarkAt(place) == mark,
        ['0', 'x', ..] => ulong.Parse(given.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) == view.AddressAt(place),
        _ => view.Symbols?.SymbolAt(view.AddressAt(place)) is { } symbol && symbol.Address == view.AddressAt(place) && symbol.Name == given,
    };

    private static ulong Positive(PluginDescriptor plugin, string option, ulong value) =>
        value > 0 ? value : throw new PluginOptionException($"plugin '{plugin.Name}': option '{option}' does not take '0'; allowed: a number from 1 on");

    private static string Place(PluginDescriptor plugin, string option, string value) =>
        !value.StartsWith("0x", StringComparison.Ordinal) || ulong.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            ? value
            : throw new PluginOptionException($"plugin '{plugin.Name}': option '{option}' does not take '{value}'; allowed: the name of a function, an address such as 0x101e6, or hint");
}
