using System.Diagnostics.CodeAnalysis;
using Emu.Plugins;
using Emu.Replay.Reading;

namespace Emu.Replay.Playing;

// What happens beside instructions.
internal sealed partial class Player
{
    private void Start(int index, ref RecordedLine line)
    {
        var thread = line.Signed("the thread's number");
        var pc = line.IsAtEnd ? 0 : line.Number("where it starts");
        line.End();
        if (_vcpus.ContainsKey(index))
            throw line.Fail($"vCPU {index} has started already");
        _vcpus.Add(index, new PlayedVCpu(_replayer.Start(index, thread, pc)));
        foreach (var block in _early ?? [])
            _replayer.Translate(block);
        _early = null;
    }

    private void PlayEvent(int index, PlayedVCpu vcpu, ReadOnlySpan<char> verb, ref RecordedLine line)
    {
        _replayer.Finish(vcpu.Replayed);
        var context = vcpu.Replayed.Context;
        switch (verb)
        {
            case "exit":
                line.End();
                _vcpus.Remove(index);
                _replayer.End(vcpu.Replayed);
                break;
            case "idle":
                line.End();
                host.VCpuIdle(context);
                break;
            case "resume":
                line.End();
                host.VCpuResumed(context);
                break;
            case "syscall":
                BeginCall(vcpu, ref line);
                break;
            case "result":
                EndCall(vcpu, ref line);
                break;
            case "interrupt":
                Discontinue(vcpu, DiscontinuityKind.Interrupt, ref line);
                break;
            case "exception":
                Discontinue(vcpu, DiscontinuityKind.Exception, ref line);
                break;
            case "return":
                Discontinue(vcpu, DiscontinuityKind.Return, ref line);
                break;
            case "fork":
                Fork(vcpu, ref line);
                break;
            case "exec":
                Execute(vcpu, ref line);
                break;
            case "loaded":
                Load(vcpu, ref line);
                break;
            case "map" or "protect" or "unmap" or "move":
                Change(vcpu, verb, ref line);
                break;
            default:
                Refuse(verb, line);
                break;
        }
    }

    [DoesNotReturn]
    private static void Refuse(ReadOnlySpan<char> verb, in RecordedLine line) => throw line.Fail(
        $"a vCPU does not '{verb}'; allowed: reg, start, enter, at, done, cut, load, store, taken, passed, syscall, result, idle, resume, interrupt, exception, return, map, protect, unmap, move, loaded, fork, exec, exit");

    private void BeginCall(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var (number, name) = (line.Signed("the system call's number"), line.Name("the system call's name"));
        var arguments = new List<ulong>();
        while (!line.IsAtEnd)
            arguments.Add(line.Number("an argument"));
        vcpu.Call = (number, name, [.. arguments]);
        host.FlushLog();
        host.BeginSyscall(vcpu.Replayed.Context, number, name, [.. arguments], out _);
        host.FlushLog();
    }

    private void EndCall(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var result = line.Signed("the result");
        line.End();
        if (vcpu is { Call: null, IsForked: true })
            return;
        if (vcpu.Call is not var (number, name, arguments))
            throw line.Fail("the vCPU has made no system call that this is the result of");
        host.EndSyscall(vcpu.Replayed.Context, number, name, arguments, result);
        vcpu.Call = null;
    }

    private void Discontinue(PlayedVCpu vcpu, DiscontinuityKind kind, ref RecordedLine line)
    {
        var number = kind == DiscontinuityKind.Return ? 0 : line.Count("the signal");
        var (from, to) = (line.Number("where from"), line.Number("where to"));
        host.Recorded!.StackPointer = line.IsAtEnd ? null : line.Number("the stack pointer");
        line.End();
        vcpu.Replayed.Context.Pc = to;
        host.Discontinued(vcpu.Replayed.Context, new Discontinuity(kind, from, to, number));
        host.Recorded.StackPointer = null;
    }

    private void Fork(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var side = line.Word("which of the two it is");
        if (side is not ("child" or "parent"))
            throw line.Fail($"which of the two it is, is '{side}'; allowed: child, parent");
        var process = line.Count("the process's number");
        var isShared = !line.IsAtEnd;
        if (isShared && line.Word("shared") is not "shared")
            throw line.Fail("only 'shared' may stand behind the process's number");
        line.End();
        vcpu.IsForked = side is "child";
        host.Forked(vcpu.Replayed.Context, new Fork(side is "child", process, isShared));
    }

    private void Execute(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var path = line.Name("the program's path");
        var arguments = new List<string>();
        while (!line.IsAtEnd)
            arguments.Add(line.Name("an argument"));
        host.Executing(vcpu.Replayed.Context, path, arguments);
    }

    private void Load(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var number = line.Count("the module's number");
        line.End();
        host.ModuleLoaded(vcpu.Replayed.Context, head.ModuleOf(number) ?? throw line.Fail($"no module {number} was defined before"));
    }

    private void Change(PlayedVCpu vcpu, ReadOnlySpan<char> verb, ref RecordedLine line)
    {
        var kind = verb switch { "map" => MapChangeKind.Map, "protect" => MapChangeKind.Protect, "unmap" => MapChangeKind.Unmap, _ => MapChangeKind.Move };
        var (oldStart, oldEnd) = kind == MapChangeKind.Move ? (line.Number("the old start"), line.Number("the old end")) : (0, 0);
        var change = new MapChange { Kind = kind, OldStart = oldStart, OldEnd = oldEnd, Start = line.Number("the start"), End = line.Number("the end") };
        if (kind != MapChangeKind.Unmap)
        {
            var (rights, isShared) = line.Rights("the rights");
            change = change with { Rights = rights, IsShared = isShared, FileOffset = line.Number("the place in the file"), Name = line.Name("the file's name") };
        }

        line.End();
        host.MapChanged(vcpu.Replayed.Context, change);
    }
}
