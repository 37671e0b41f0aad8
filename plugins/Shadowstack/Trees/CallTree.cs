using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts instructions by call stack, exactly, for plugins that need <see cref="IShadowStack"/> and refer to this project.</summary>
/// <remarks>
/// What was executed between two calls or returns is given to the function that was on top. A tail call puts the function that is jumped to in the place of the one that jumps; a
/// signal's handler stands on what it interrupted.
/// </remarks>
public sealed class CallTree : IStackWatcher
{
    private readonly Lock _gate = new();
    private readonly IShadowStack _stacks;
    private readonly FunctionNames _functions;
    private volatile CallPath[] _paths = [];

    /// <summary>Begins to count. In <see cref="Plugin.Install"/>.</summary>
    /// <param name="host">Knows the names of functions, and the program's, which is the root's.</param>
    /// <param name="stacks">Tells of calls and returns.</param>
    public CallTree(Host host, IShadowStack stacks)
    {
        (_stacks, _functions) = (stacks, new FunctionNames(host));
        Root = new CallNode(null, 0, Path.GetFileName(host.Guest.ProgramPath));
        stacks.Watch(this);
    }

    /// <summary>What vCPUs that have ended have executed, all of them together; in <see cref="IOnExit"/> that is everything.</summary>
    public CallNode Root { get; }

    /// <inheritdoc/>
    public void OnEnter(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        if (frame.Kind == FrameKind.Start)
            NewPath(vcpu).Start(Root.Function, instructions);
        else
            _paths[vcpu.Index].Enter(frame, instructions);
    }

    /// <inheritdoc/>
    public void OnLeave(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        var path = _paths[vcpu.Index];
        if (frame.Kind != FrameKind.Start)
        {
            path.Leave(frame.Kind, instructions);
            return;
        }

        path.Count(instructions);
        lock (_gate)
            Root.Add(path.Root!, _functions);
    }

    /// <summary>Forgets what was executed, not where the vCPU is: for a forked child that tells only of itself.</summary>
    /// <param name="vcpu">The only one that there is, on its thread.</param>
    public void Forget(VCpuId vcpu)
    {
        _paths[vcpu.Index].Count(_stacks.InstructionsOf(vcpu));
        _paths[vcpu.Index].Root!.Forget();
        Root.Forget();
    }

    private CallPath NewPath(VCpuId vcpu)
    {
        var path = new CallPath(_functions);
        lock (_gate)
        {
            var paths = _paths;
            if (vcpu.Index >= paths.Length)
                Array.Resize(ref paths, vcpu.Index + 1);
            paths[vcpu.Index] = path;
            _paths = paths;
        }

        return path;
    }
}
