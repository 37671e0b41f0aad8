using Emu.Engine.Memory;

namespace Emu.Engine.CodeCache;

/// <summary>Native memory for translated blocks and their records: handed out in order, given back as a whole. Not thread-safe.</summary>
public sealed unsafe class CodeArena : IDisposable
{
    private readonly long _size;
    private byte* _start;
    private byte* _next;

    /// <summary>Reserves <paramref name="size"/> bytes; host memory is taken when it is touched.</summary>
    public CodeArena(long size)
    {
        _size = size;
        _start = _next = HostMemory.Reserve(null, size, HostProtection.Read | HostProtection.Write, fixedAddress: false);
    }

    /// <summary>Bytes in use.</summary>
    public long Used => _next - _start;

    /// <summary>True if that many bytes are left.</summary>
    public bool HasRoom(long bytes) => _size - Used >= bytes;

    /// <summary>The first free byte, aligned to 32.</summary>
    public byte* Next => _next;

    /// <summary>Takes bytes from <see cref="Next"/> on; the caller has asked <see cref="HasRoom"/>.</summary>
    public byte* Take(int bytes)
    {
        var taken = _next;
        _next += (bytes + 31) & ~31;
        return taken;
    }

    /// <summary>Gives everything back.</summary>
    public void Clear() => _next = _start;

    /// <summary>Gives the memory back to the host.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        HostMemory.Release(_start, _size);
        _start = null;
    }
}
