using System.Runtime.InteropServices;

namespace Emu.Children;

/// <summary>Texts in native memory as execve(2) takes them: an array of pointers to zero-terminated bytes, ended by a null pointer.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly int _count;

    /// <summary>Copies the texts.</summary>
    public NativeTexts(IReadOnlyList<byte[]> texts)
    {
        _count = texts.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var index = 0; index < _count; index++)
        {
            Pointers[index] = (byte*)NativeMemory.AllocZeroed((nuint)texts[index].Length + 1);
            texts[index].CopyTo(new Span<byte>(Pointers[index], texts[index].Length));
        }
    }

    /// <summary>The array. Valid until this is disposed.</summary>
    public byte** Pointers { get; private set; }

    public void Dispose()
    {
        for (var index = 0; index < _count; index++)
            NativeMemory.Free(Pointers[index]);
        NativeMemory.Free(Pointers);
        Pointers = null;
    }
}
