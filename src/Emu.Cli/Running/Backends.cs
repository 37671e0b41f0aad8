using System.ComponentModel;
using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Cli.CommandLine;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>The backends of this file, and which one runs a guest.</summary>
internal static class Backends
{
    /// <summary>The backend that the options ask for.</summary>
    /// <exception cref="EmuFailure">It was asked for by name and cannot run here.</exception>
    public static IBackend Choose(RunOptions options, IGuest guest, GuestMemory memory) =>
        options.Backend == BackendChoice.X64 ? NewX64(guest, memory) : new ThreadedBackend(guest.StateSize, options.Debug.Fuse);

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
