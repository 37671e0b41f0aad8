using Emu.Engine.Memory;

namespace Emu.Linux.Process;

/// <summary>The heap that brk(2) moves the end of. Thread-safe.</summary>
internal sealed class Heap
{
    private readonly Lock _gate = new();
    private readonly GuestMemory _memory;
    private readonly ulong _start;
    private ulong _end;

    public Heap(GuestMemory memory, ulong start) => (_memory, _start, _end) = (memory, start, start);

    /// <summary>The heap's end.</summary>
    public ulong End
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    /// <summary>Sets the end if that is possible and answers where it is now.</summary>
    public ulong MoveEnd(ulong wanted)
    {
        lock (_gate)
        {
            if (wanted >= _start && wanted <= GuestMemory.Size && TryMove(GuestMemory.RoundUp(_end), GuestMemory.RoundUp(wanted)))
                _end = wanted;
            return _end;
        }
    }

    private bool TryMove(ulong from, ulong to)
    {
        if (to == from)
            return true;
        if (to < from)
            return _memory.Unmap(to, from - to) == MapError.None;
        var request = new MapRequest
        {
            Address = from,
            Length = to - from,
            Permissions = PagePermissions.Read | PagePermissions.Write,
            Placement = MapPlacement.FixedNoReplace,
            Label = "[heap]",
        };
        return _memory.Map(request, out _) == MapError.None;
    }
}
