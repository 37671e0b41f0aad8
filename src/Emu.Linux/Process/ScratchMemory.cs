using System.Runtime.InteropServices;

namespace Emu.Linux.Process;

/// <summary>Native memory for one system call at a time: translated arrays and paths that the host's kernel reads. For one thread.</summary>
internal sealed unsafe class ScratchMemory : IDisposable
{
    private const int Alignment = 16;
    private readonly List<nint> _large = [];
    private byte* _block;
    private int _used;

    /// <summary>Bytes that are there without a further allocation: the longest vector of buffers and two paths.</summary>
    public const int Capacity = 32 * 1024;

    /// <summary>Bytes that are good until <see cref="Reset"/>.</summary>
    public nint Allocate(int length)
    {
        if (_block is null)
            _block = (byte*)NativeMemory.AlignedAlloc(Capacity, Alignment);
        var rounded = (length + Alignment - 1) & ~(Alignment - 1);
        if (rounded <= Capacity - _used)
        {
            _used += rounded;
            return (nint)(_block + _used - rounded);
        }

        var large = (nint)NativeMemory.AlignedAlloc((nuint)rounded, Alignment);
        _large.Add(large);
        return large;
    }

    /// <summary>A zero-terminated copy.</summary>
    public nint Copy(ReadOnlySpan<byte> text)
    {
        var target = Allocate(text.Length + 1);
        text.CopyTo(new Span<byte>((void*)target, text.Length));
        ((byte*)target)[text.Length] = 0;
        return target;
    }

    /// <summary>Everything allocated so far is free again.</summary>
    public void Reset()
    {
        _used = 0;
        if (_large.Count == 0)
            return;
        foreach (var large in _large)
            NativeMemory.AlignedFree((void*)large);
        _large.Clear();
    }

    public void Dispose()
    {
        Reset();
        NativeMemory.AlignedFree(_block);
        _block = null;
    }
}
