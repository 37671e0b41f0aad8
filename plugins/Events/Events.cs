using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Logs what happens to the guest beside its instructions: one line for each event, with the thread that it happened to.</summary>
[EmuPlugin("events", "Logs signals, mappings, modules, forks, programs, threads and waits")]
public sealed partial class Events : Plugin,
    IOnDiscontinuity, IOnMapChange, IOnModuleLoad, IOnFork, IOnExec, IOnVCpuInit, IOnVCpuExit, IOnVCpuIdle, IOnVCpuResume, IOnFlush
{
    public static PluginTopic Topic => PluginTopic.System;

    public static string Example => "-p events,only=modules PROGRAM";

    private static readonly (string Name, PluginEvents Events)[] Kinds =
    [
        ("signals", PluginEvents.Discontinuity), ("maps", PluginEvents.MapChange), ("modules", PluginEvents.ModuleLoad), ("processes", PluginEvents.Fork | PluginEvents.Exec),
        ("threads", PluginEvents.VCpuInit | PluginEvents.VCpuExit), ("waits", PluginEvents.VCpuIdle | PluginEvents.VCpuResume), ("flushes", PluginEvents.Flush),
    ];

    [Option("only", "What to log: signals, maps, modules, processes, threads, waits or flushes; without it, all")]
    public string[] Only { get; init; } = [];

    public override void Install(in GuestInfo guest)
    {
        foreach (var name in Only)
            if (!Kinds.AsValueEnumerable().Any(kind => kind.Name == name))
                throw new PluginInstallException($"option 'only': there is no '{name}', but {string.Join(", ", Array.ConvertAll(Kinds, static kind => kind.Name))}");
        foreach (var (name, events) in Kinds)
            if (Only.Length > 0 && Array.IndexOf(Only, name) < 0)
                Host.Unsubscribe(events);
    }

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        var (kind, from, to, number) = discontinuity;
        if (kind == DiscontinuityKind.Return)
            Log(vcpu, $"return from 0x{from:x} to 0x{to:x}");
        else
            Log(vcpu, $"{(kind == DiscontinuityKind.Interrupt ? "interrupt" : "exception")} {number} from 0x{from:x} to 0x{to:x}");
    }

    public void OnMapChange(in VCpu vcpu, in MapChange change)
    {
        var (range, content) = ($"{change.Start:x}-{change.End:x}", $"{RightsOf(change)} {change.FileOffset:x} {change.Name}".TrimEnd());
        Log(vcpu, change.Kind switch
        {
            MapChangeKind.Map => $"map {range} {content}",
            MapChangeKind.Unmap => $"unmap {range}",
            MapChangeKind.Protect => $"protect {range} {content}",
            _ => $"move {change.OldStart:x}-{change.OldEnd:x} to {range} {content}",
        });
    }

    public void OnModuleLoad(in VCpu vcpu, Module module) =>
        Log(vcpu, $"module {module.Path} base 0x{module.Base:x} from 0x{module.Start:x} to 0x{module.End:x} segments {string.Join(' ', module.Segments.AsValueEnumerable().Select(Describe).ToArray())}");

    public void OnFork(in VCpu vcpu, in Fork fork) =>
        Log(vcpu, $"{(fork.IsChild ? "forked as" : "fork of")} {fork.ProcessId}{(fork.SharesMemory ? " in the same memory" : "")}");

    public void OnExec(in VCpu vcpu, string path, IReadOnlyList<string> arguments) => Log(vcpu, $"exec {path} {string.Join(' ', arguments)}");

    public void OnVCpuInit(in VCpu vcpu) => Log(vcpu, "start");

    public void OnVCpuExit(in VCpu vcpu) => Log(vcpu, "end");

    public void OnVCpuIdle(in VCpu vcpu) => Log(vcpu, "idle");

    public void OnVCpuResume(in VCpu vcpu) => Log(vcpu, "resume");

    public void OnFlush() => Host.Log("flush");

    private void Log(in VCpu vcpu, string line) => Host.Log($"thread {vcpu.ThreadId}: {line}");

    private static string Describe(ModuleSegment segment) => $"0x{segment.Start:x}-0x{segment.End:x}@0x{segment.FileOffset:x}";

    /// <summary>As <c>/proc/self/maps</c> has it.</summary>
    private static string RightsOf(in MapChange change) => string.Concat(
        (change.Rights & MapRights.Read) != 0 ? "r" : "-", (change.Rights & MapRights.Write) != 0 ? "w" : "-", (change.Rights & MapRights.Execute) != 0 ? "x" : "-",
        change.IsShared ? "s" : "p");
}
