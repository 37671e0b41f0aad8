using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// The registers of the vCPU that a callback comes from: a capability, that only a callback has whose signature declares it (<c>Registers registers</c> behind the vCPU). They are those
/// of the guest at the instruction: before it in an execution callback, after the access in a memory callback. Lives only during the call; the compiler refuses to keep it.
/// </summary>
/// <remarks>
/// Callbacks that do not declare it cost less in machine code, which keeps the guest's registers in the host's. Events, which come outside of translated code, use
/// <see cref="Host.RegistersOf"/>.
/// </remarks>
public readonly unsafe ref struct Registers
{
    private readonly byte* _state;

    internal Registers(nint state) => _state = (byte*)state;

    /// <summary>Reads a register by its handle: a load, or a call for those few that are made of others, the program counter among them.</summary>
    /// <exception cref="InvalidOperationException">The handle was not made by <see cref="Host.FindRegister{T}(string)"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>(Register<T> register)
        where T : unmanaged
    {
        var place = register.Place;
        return place > 0 ? *(T*)(_state + place) : Computed<T>((nint)_state, place);
    }

    /// <summary>Reads a register of at most 8 bytes as a number, zero-extended.</summary>
    /// <exception cref="ArgumentException">The register is longer.</exception>
    public ulong Read(Register register)
    {
        ulong value = 0;
        Access.ReadRegister(register, new Span<byte>(&value, sizeof(ulong)));
        return value;
    }

    /// <summary>Reads a register in the guest's byte order.</summary>
    /// <returns>The register's size in bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than the register.</exception>
    public int Read(Register register, Span<byte> destination) => Access.ReadRegister(register, destination);

    private IVCpuAccess Access => VCpu.At((nint)_state).Access;

    // Not inlined: its local lies in memory, which handlers that callbacks are compiled into must not have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Computed<T>(nint state, int place)
        where T : unmanaged
    {
        if (place == 0)
            throw new InvalidOperationException("the handle of a register was used that Host.FindRegister did not make");
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        VCpu.At(state).Access.ReadRegister(~place, bytes);
        return MemoryMarshal.Read<T>(bytes);
    }
}
