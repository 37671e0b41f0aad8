using Emu.Engine.Instrumentation.Blocks;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation;

/// <summary>
/// The step between a guest's semantics and the passes: shows a whole block to each plugin that listens and puts what they ask for into the IR. One per
/// translating thread. No lock is held while plugins are asked; in the steady state nothing is allocated, and a block in which nobody wants anything is
/// not copied.
/// </summary>
internal sealed class BlockInstrumenter
{
    private readonly PluginHost _host;
    private readonly HookList _hooks;
    private readonly BlockView _view;
    private readonly BlockRewriter _rewriter;

    public BlockInstrumenter(PluginHost host)
    {
        _host = host;
        _hooks = new HookList(host);
        _view = new BlockView(host, _hooks);
        _rewriter = new BlockRewriter(_hooks, _view, host);
    }

    /// <summary>True if no plugin is shown all blocks: then there may be some that nobody is shown.</summary>
    public bool IsEveryoneScoped => Array.TrueForAll(_host.Subscribers(PluginEvents.Translate), static plugin => plugin.Scope is not null);

    /// <summary>
    /// True if a plugin may change the guest, and so where the program goes and what it does there: a trace, which knows where its calls return to, cannot have that.
    /// </summary>
    public bool MayChangeGuest => Array.Exists(_host.Subscribers(PluginEvents.Translate), static plugin => plugin.MayChangeGuest);

    /// <summary>True if a plugin is shown something of the block.</summary>
    public bool IsShown(IrBlock block)
    {
        Take(block);
        foreach (var plugin in _host.Subscribers(PluginEvents.Translate))
            if (_view.Meets(plugin.Scope) || HasMark(plugin.Window))
                return true;
        return false;
    }

    /// <summary>The block with instrumentation, valid until the next call; <paramref name="block"/> itself if there is none. Of a trace plugins are shown the blocks that it was made of.</summary>
    public IrBlock Instrument(IrBlock block) => Ask(block) ? _rewriter.Rewrite(block) : block;

    /// <summary>What plugins have asked for in the last block, if they have.</summary>
    public HookList Hooks => _hooks;

    /// <summary>Asks the plugins what they want in a block; false for nothing.</summary>
    public bool Ask(IrBlock block)
    {
        _hooks.Clear();
        Take(block);
        if (_view.Length == 0)
            return false;
        for (_view.Begin(); _view.TryNextPart();)
            foreach (var plugin in _host.Subscribers(PluginEvents.Translate))
            {
                _hooks.BeginPlugin(plugin);
                Mark(plugin.Window);
                if (_view.ShowTo(plugin.Scope))
                    Ask(plugin);
            }
        if (_hooks.Count == 0)
            return false;
        _hooks.Sort(_view.Length);
        return true;
    }

    private void Take(IrBlock block)
    {
        _view.Symbols = _host.Symbols;
        _view.Take(block);
    }

    private void Ask(PluginInstance plugin)
    {
        try
        {
            if (plugin.InstructionCounter is { } counter)
                Count(counter);
            _hooks.BeginWindow();
            plugin.Translate(new TranslationBlock(_view));
        }
        catch (Exception exception)
        {
            _hooks.DropPlugin();
            _host.OnPluginFailed(plugin.Plugin, exception);
        }
    }

    private bool HasMark(Window? window)
    {
        if (window is { HasMarks: true })
            for (var place = 0; place < _view.Length; place++)
                if (window.MarkAt(_view, place) is not null)
                    return true;
        return false;
    }

    /// <summary>Has the window opened and closed at the places that were given for that.</summary>
    private void Mark(Window? window)
    {
        if (window is not { HasMarks: true })
            return;
        for (var place = _view.Part.First; place < _view.Part.End; place++)
            if (window.MarkAt(_view, place) is { } value)
                _hooks.AddMark(place, window.Outside, value);
    }

    private void Count(ScoreboardEntry counter)
    {
        for (var index = 0; index < _view.InstructionCount; index++)
            _view.Request(HookRequest.Add(index, counter, 1));
    }
}
