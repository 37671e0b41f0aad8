using System.ComponentModel;
using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Engine.Checking;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>The backends of this file: the one list of them, for help, errors and runs.</summary>
internal static class Backends
{
    /// <summary>The name for whichever is best for the run.</summary>
    public const string Best = "auto";

    private const string Threaded = "threaded";
    private const string MachineCode = "x64";

    /// <summary>The backends, without <see cref="Best"/>.</summary>
    public static IReadOnlyList<string> Linked { get; } = [.. LinkedBackends.HasThreaded ? [Threaded] : Array.Empty<string>(), .. LinkedBackends.HasX64 ? [MachineCode] : Array.Empty<string>()];

    /// <summary>What <c>--backend</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Linked, Best];

    /// <summary>The backend that the options ask for, which is one of <see cref="Names"/>.</summary>
    /// <exception cref="EmuFailure">It was asked for by name, or is the only one, and cannot run here.</exception>
    public static IBackend Make(RunOptions options, IGuest guest, GuestMemory memory)
    {
        if (!LinkedBackends.HasX64 || options.Backend == Threaded)
            return NewThreaded(options, guest);
        return !LinkedBackends.HasThreaded || options.Backend == MachineCode ? RequireX64(options, guest, memory) : MakeBest(options, guest, memory);
    }

    /// <summary>Both backends, of which one checks what the other does.</summary>
    /// <exception cref="EmuFailure">One of them cannot run here, or is no part of this file.</exception>
    public static IBackend MakeChecked(RunOptions options, IGuest guest, GuestMemory memory, Action<BackendDifference> differs) => Linked.Count < 2
        ? throw new EmuFailure(ExitCodes.Failed, $"--check-backends compares two backends, and this file was built with one: {Linked[0]}")
        : new CheckedBackend(guest, memory, RequireX64(options, guest, memory), NewThreaded(options, guest), differs);

    /// <summary>Makes the callbacks of the linked plugins known to the backend.</summary>
    public static void Bind(IBackend backend)
    {
        if (LinkedBackends.HasThreaded && backend is not X64Backend)
        {
            var callbacks = default(ThreadedCallbacks);
            LinkedPlugins.BindCallbacks(ref callbacks);
        }

        if (LinkedBackends.HasX64 && backend is not ThreadedBackend)
        {
            var callbacks = default(X64Callbacks);
            LinkedPlugins.BindCallbacks(ref callbacks);
        }
    }

    private static IBackend MakeBest(RunOptions options, IGuest guest, GuestMemory memory) => options.Plugins.Count > 0
        ? new AutoBackend(() => TryNewBest(options, guest, memory), () => NewThreaded(options, guest))
        : (IBackend?)TryNewBest(options, guest, memory) ?? NewThreaded(options, guest);

    private static X64Backend RequireX64(RunOptions options, IGuest guest, GuestMemory memory) =>
        TryNewX64(options, guest, memory, out var why) ?? throw new EmuFailure(ExitCodes.Failed, $"the backend 'x64' cannot run here: {why}{(LinkedBackends.HasThreaded ? "; use --backend threaded" : "")}");

    /// <summary>
    /// Machine code, or null. That the host has not what it needs is said once, by the first program of a run; a limit of address space, which somebody has set, is known to them.
    /// </summary>
    private static X64Backend? TryNewBest(RunOptions options, IGuest guest, GuestMemory memory)
    {
        var backend = TryNewX64(options, guest, memory, out var why);
        if (backend is null && memory.IsGuarded && !options.IsContinuation)
            DescriptorWriter.StandardError.WriteLine($"emu: warning: machine code cannot be used, so the guest runs slower: {why}");
        return backend;
    }

    private static ThreadedBackend NewThreaded(RunOptions options, IGuest guest) => new(guest.StateSize, options.Debug.Fuse);

    /// <summary>Machine code, or null and what this host lacks for it.</summary>
    private static X64Backend? TryNewX64(RunOptions options, IGuest guest, GuestMemory memory, out string? why)
    {
        why = X64Backend.WhatIsMissing(memory, options.Debug.WithoutFeatures);
        if (why is not null)
            return null;
        try
        {
            return new X64Backend(guest, memory, options.CodeCacheBytes, options.Debug.WithoutFeatures);
        }
        catch (Win32Exception error)
        {
            why = $"the host gives no executable memory: {error.Message}";
            return null;
        }
    }
}
