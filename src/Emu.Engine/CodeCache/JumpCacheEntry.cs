using System.Runtime.InteropServices;

namespace Emu.Engine.CodeCache;

/// <summary>One entry of a vCPU's direct-mapped cache from guest addresses to translated code; indirect jumps look here inline.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct JumpCacheEntry
{
    /// <summary>Entries per vCPU; a power of two.</summary>
    public const int Count = 4096;

    /// <summary>Guest address; in an empty entry one that has its place elsewhere, see <see cref="EmptyPc"/>.</summary>
    public ulong Pc;

    /// <summary>The block's entry.</summary>
    public void* Entry;

    /// <summary>The entry's place for an address. Instructions are at least two bytes apart.</summary>
    public static int IndexOf(ulong pc) => (int)(pc >> 1) & (Count - 1);

    /// <summary>What an empty entry at that place holds: an address that is never looked for there, so that a guest can jump anywhere and not hit it.</summary>
    public static ulong EmptyPc(int index) => index == 0 ? 2UL : 0;
}
