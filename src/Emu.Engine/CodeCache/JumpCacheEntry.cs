using System.Runtime.InteropServices;

namespace Emu.Engine.CodeCache;

/// <summary>One entry of a vCPU's direct-mapped cache from guest addresses to translated code; indirect jumps look here inline.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct JumpCacheEntry
{
    /// <summary>Entries per vCPU; a power of two.</summary>
    public const int Count = 4096;

    /// <summary>Guest address; in an empty entry one that has its place elsewhere: 0, and <see cref="EmptyFirstPc"/> in the first.</summary>
    public ulong Pc;

    /// <summary>The block's entry.</summary>
    public void* Entry;

    /// <summary>The entry's place for an address. Instructions are at least two bytes apart.</summary>
    public static uint IndexOf(ulong pc) => (uint)(pc >> 1) & (Count - 1);

    /// <summary>What the first entry of an empty cache holds, since 0 has its place there; a guest can jump anywhere and not hit an empty entry.</summary>
    public const ulong EmptyFirstPc = 2;
}
