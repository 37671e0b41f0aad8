using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Process;

/// <summary>The resource limits that a guest process sees. Thread-safe.</summary>
internal sealed unsafe class ProcessLimits
{
    private readonly GuestMemory _memory;

    private readonly Lock _gate = new();
    private readonly Dictionary<Resource, HostLimit> _own = [];

    /// <summary>The limits of now; the memory is told how far its stack may grow.</summary>
    public ProcessLimits(GuestMemory memory)
    {
        _memory = memory;
        Get(Resource.RLIMIT_STACK, out var stack);
        memory.GrowthLimit = stack.Soft;
    }

    /// <summary>The limit, or EINVAL for an unknown resource.</summary>
    public SysResult Get(Resource resource, out HostLimit limit)
    {
        lock (_gate)
            if (_own.TryGetValue(resource, out limit))
                return SysResult.None;
        HostLimit held;
        var answer = (SysResult)Kernel.Call(HostCall.Prlimit64, 0, (nint)resource, 0, (nint)(&held));
        limit = held;
        return answer;
    }

    /// <summary>Changes the limit: the host's, or the guest's own view of one that must not bind the emulator.</summary>
    public SysResult Set(Resource resource, HostLimit wanted)
    {
        if (!IsOwn(resource))
            return Kernel.Call(HostCall.Prlimit64, 0, (nint)resource, (nint)(&wanted));
        if (wanted.Soft > wanted.Hard)
            return Errno.EINVAL;
        Get(resource, out var current);
        if (wanted.Hard > current.Hard && HostIdentity.EffectiveUserId() != 0)
            return Errno.EPERM;
        lock (_gate)
            _own[resource] = wanted;
        if (resource == Resource.RLIMIT_STACK)
            _memory.GrowthLimit = wanted.Soft;
        return SysResult.None;
    }

    private static bool IsOwn(Resource resource) =>
        resource is Resource.RLIMIT_AS or Resource.RLIMIT_DATA or Resource.RLIMIT_STACK or Resource.RLIMIT_RSS or Resource.RLIMIT_MEMLOCK;
}
