using Emu.Engine;
using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation;
using Emu.Engine.Instrumentation.Replaying;
using Emu.Engine.Memory;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using Emu.Replay.Playing;
using Emu.Replay.Reading;

namespace Emu.Replay;

/// <summary>
/// Drives plugins by a recording: <see cref="Install"/> each, <see cref="Play"/>, then have <see cref="Plugins"/> report (<see cref="PluginHost.Exit"/>). Used by one thread, which plugins are called
/// on.
/// </summary>
/// <typeparam name="TRegistry">The linked plugins.</typeparam>
public sealed class ReplayRun<TRegistry> : IDisposable
    where TRegistry : struct, IPluginRegistry
{
    private const long CodeBytes = 1 << 20;

    private readonly Recording _recording;
    private readonly RecordingHead _head;
    private readonly GuestMemory _memory;
    private readonly Machine _machine;
    private int? _exitCode;

    /// <summary>Reads what the recording says of its program.</summary>
    /// <exception cref="RecordingException">It cannot be read, or makes no sense.</exception>
    public ReplayRun(Recording recording, ReplayOptions options)
    {
        _recording = recording;
        _head = RecordingHead.Read(recording);
        var guest = options.Guest(_head.GuestName) ?? throw new RecordingException($"the recording {recording.Name} is of a guest '{_head.GuestName}', which this emulator does not know");
        _memory = new GuestMemory();
        _machine = new Machine(guest, new ReplayBackend(), _memory, CodeBytes);
        var callbacks = default(ReplayCallbacks);
        TRegistry.BindCallbacks(ref callbacks);
        Plugins = new PluginHost<TRegistry>(_machine, _head.Guest, options.Log)
        {
            Recorded = new RecordedState(),
            LogFlushed = options.LogFlushed,
            Failed = options.Failed,
            OpenFile = options.OpenFile,
            Symbols = _head.Symbols,
            Stopping = (plugin, code, message) =>
            {
                options.Stopped(plugin, message);
                Stop(code);
            },
        };
        _machine.Plugins = Plugins;
    }

    /// <summary>The plugins.</summary>
    public PluginHost Plugins { get; }

    /// <summary>Installs a plugin, before anything is played.</summary>
    /// <exception cref="PluginOptionException">An option has a bad value.</exception>
    /// <exception cref="PluginInstallException">The plugin refused, or does to a guest what a recording cannot have done to it.</exception>
    public void Install(PluginDescriptor plugin, OptionValues options)
    {
        if (plugin.ChangesGuest)
            throw new PluginInstallException($"plugin '{plugin.Name}' changes registers and memory of the guest, which a recording does not allow");
        if ((plugin.Events & PluginEvents.SyscallFilter) != 0)
            throw new PluginInstallException($"plugin '{plugin.Name}' answers system calls, which a recording has answers of already");
        Plugins.Install(plugin, options);
    }

    /// <summary>Has happen what the recording tells, to its end or until a plugin ends it. Once.</summary>
    /// <returns>The exit code that a plugin has given, or null.</returns>
    /// <exception cref="RecordingException">The recording makes no sense.</exception>
    public int? Play()
    {
        try
        {
            PlayLines(new Player(_head, Plugins));
        }
        finally
        {
            Replayer.LeaveThread();
        }

        if (_head.IsContinued && _exitCode is null)
            Plugins.Log($"emu: another program was executed at the end of line {_head.LastLine} of the recording {_recording.Name}, and is not replayed");
        return _exitCode;
    }

    private void PlayLines(Player player)
    {
        foreach (var (number, text) in _recording.Lines())
        {
            if (number > _head.LastLine || _exitCode is not null)
                break;
            player.Play(new RecordedLine(_recording, number, text));
        }
    }

    /// <summary>Ends the replay, with an exit code if none was given before. From a callback or event.</summary>
    public void Stop(int exitCode) => _exitCode ??= exitCode;

    /// <summary>Frees the machine that stands for the guest's.</summary>
    public void Dispose()
    {
        _machine.Dispose();
        _memory.Dispose();
    }
}
