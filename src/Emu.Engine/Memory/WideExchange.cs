using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Emu.Engine.Memory;

/// <summary>
/// Compare-and-swap of 16 bytes, which .NET does not offer. On x86-64 it is <c>lock cmpxchg16b</c> in a function of machine code, made once.
/// Where executable memory is refused, and on other hosts, a lock makes these exchanges atomic among themselves, but not against narrower
/// accesses to the same bytes. Thread-safe.
/// </summary>
public static unsafe class WideExchange
{
    /// <summary>
    /// push rbx; mov rbx,rdx; mov rax,[rsi]; mov rdx,[rsi+8]; lock cmpxchg16b [rdi]; mov [rsi],rax; mov [rsi+8],rdx; pop rbx; ret: the calling
    /// convention of System V, with the value's high half in rcx, where the instruction wants it.
    /// </summary>
    private static ReadOnlySpan<byte> Code =>
    [
        0x53, 0x48, 0x89, 0xD3, 0x48, 0x8B, 0x06, 0x48, 0x8B, 0x56, 0x08, 0xF0, 0x48, 0x0F, 0xC7, 0x0F,
        0x48, 0x89, 0x06, 0x48, 0x89, 0x56, 0x08, 0x5B, 0xC3,
    ];

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, ulong*, ulong, ulong, void> Function = Make();

    private static readonly Lock Exchanges = new();

    /// <summary>True if an exchange is atomic against every other access.</summary>
    public static bool IsNative => Function is not null;

    /// <summary>
    /// If the 16 bytes at <paramref name="place"/>, a multiple of 16, equal <paramref name="expected"/>, stores the value there.
    /// <paramref name="expected"/> becomes what was there before.
    /// </summary>
    public static void CompareExchange(byte* place, ulong* expected, ulong low, ulong high)
    {
        if (Function is not null)
            Function(place, expected, low, high);
        else
            Locked((ulong*)place, expected, low, high);
    }

    private static void Locked(ulong* place, ulong* expected, ulong low, ulong high)
    {
        lock (Exchanges)
        {
            var (oldLow, oldHigh) = (place[0], place[1]);
            if (oldLow == expected[0] && oldHigh == expected[1])
                (place[0], place[1]) = (low, high);
            (expected[0], expected[1]) = (oldLow, oldHigh);
        }
    }

    private static delegate* unmanaged[SuppressGCTransition]<byte*, ulong*, ulong, ulong, void> Make()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return null;
        try
        {
            var page = HostMemory.Reserve(null, GuestMemory.PageSize, HostProtection.Read | HostProtection.Write, fixedAddress: false);
            Code.CopyTo(new Span<byte>(page, Code.Length));
            if (HostMemory.Protect(page, GuestMemory.PageSize, HostProtection.Read | HostProtection.Execute) == 0)
                return (delegate* unmanaged[SuppressGCTransition]<byte*, ulong*, ulong, ulong, void>)page;
            HostMemory.Release(page, GuestMemory.PageSize);
            return null;
        }
        catch (Win32Exception)
        {
            // No memory for a page: the lock does without.
            return null;
        }
    }
}
