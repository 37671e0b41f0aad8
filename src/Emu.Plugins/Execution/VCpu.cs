using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// The vCPU that an event or callback comes from. Lives only during the call; the compiler refuses to keep it (<see cref="Id"/> may be kept). To be used
/// on the thread of the call.
/// </summary>
/// <remarks>
/// This is the beginning of the engine's state block itself, so callbacks get it by reference: reading the index is one load, and no local's
/// address is taken, which would keep the handlers that callbacks are compiled into from calling each other in tail position.
/// </remarks>
[StructLayout(LayoutKind.Explicit)]
public readonly unsafe ref struct VCpu
{
    [FieldOffset(0)] private readonly int _index;
    [FieldOffset(8)] private readonly long _threadId;
    [FieldOffset(16)] private readonly nint _access;

    internal static ref readonly VCpu At(nint state) => ref Unsafe.AsRef<VCpu>((void*)state);

    /// <summary>The vCPU's number from 0: its place in scoreboards. Used again after the vCPU has ended.</summary>
    public int Index => _index;

    /// <summary>A number that no other vCPU of this run ever has.</summary>
    public long ThreadId => _threadId;

    /// <summary>Index and thread id, to be kept.</summary>
    public VCpuId Id => new(Index, ThreadId);

    /// <summary>Guest address of the instruction that the callback is for.</summary>
    public ulong ProgramCounter => Access.ProgramCounter;

    /// <summary>Reads guest memory as the guest would see it.</summary>
    /// <returns>False, with <paramref name="destination"/> undefined, if a byte of the range cannot be read.</returns>
    public bool TryReadMemory(ulong address, Span<byte> destination) => Access.TryReadMemory(address, destination);

    /// <summary>Where a guest address lies physically, without accessing it.</summary>
    /// <returns>False if nothing is mapped there now, and always for a single program, whose addresses have no physical side.</returns>
    public bool TryTranslate(ulong address, out PhysicalAddress physical) => Access.TryTranslate(address, out physical);

    internal IVCpuAccess Access => AccessOf(_access);

    // Not inlined: callbacks that are compiled into handlers come here, and those must have no locals in memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static IVCpuAccess AccessOf(nint handle) => (IVCpuAccess)GCHandle.FromIntPtr(handle).Target!;
}
