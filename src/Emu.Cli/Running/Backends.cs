using System.ComponentModel;
using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Cli.CommandLine;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>The backends of this file: the one list of them, for help, errors and runs.</summary>
internal static class Backends
{
    /// <summary>The name for whichever is best: the first of the list.</summary>
    public const string Best = "auto";

    private static readonly (string Name, Func<RunOptions, IGuest, GuestMemory, IBackend> Make)[] Table =
    [
        ("threaded", static (options, guest, _) => new ThreadedBackend(guest.StateSize, options.Debug.Fuse)),
        ("x64", static (_, guest, memory) => NewX64(guest, memory)),
    ];

    /// <summary>The backends, the best first.</summary>
    public static IReadOnlyList<string> Linked { get; } = Array.ConvertAll(Table, static backend => backend.Name);

    /// <summary>What <c>--backend</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Linked, Best];

    /// <summary>The backend that the options ask for.</summary>
    /// <exception cref="EmuFailure">It was asked for by name and cannot run here.</exception>
    public static IBackend Make(RunOptions options, IGuest guest, GuestMemory memory) =>
        (options.Backend == Best ? Table[0] : Array.Find(Table, backend => backend.Name == options.Backend)).Make(options, guest, memory);

    /// <summary>Makes the callbacks of the linked plugins known to the backend.</summary>
    public static void Bind(IBackend backend)
    {
        if (backend is X64Backend)
        {
            var callbacks = default(X64Callbacks);
            LinkedPlugins.BindCallbacks(ref callbacks);
        }
        else
        {
            var callbacks = default(ThreadedCallbacks);
            LinkedPlugins.BindCallbacks(ref callbacks);
        }
    }

    private static X64Backend NewX64(IGuest guest, GuestMemory memory)
    {
        if (X64Backend.WhatIsMissing(memory) is { } missing)
            throw new EmuFailure(ExitCodes.Failed, $"the backend 'x64' cannot run here: {missing}; use --backend threaded");
        try
        {
            return new X64Backend(guest, memory);
        }
        catch (Win32Exception error)
        {
            throw new EmuFailure(ExitCodes.Failed, $"the backend 'x64' cannot run here: the host gives no executable memory: {error.Message}; use --backend threaded");
        }
    }
}
