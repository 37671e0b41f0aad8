using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// Changes the guest: its registers, its memory, where it goes on. A capability that only a callback has whose signature declares it (<c>VCpuControl control</c> behind the vCPU), in a plugin
/// that was allowed to on the command line (<c>-p NAME,allow=write</c>). Lives only during the call; the compiler refuses to keep it.
/// </summary>
/// <remarks>
/// What is written takes effect at once: in a callback before an instruction the instruction reads it; after an instruction the next one does, and nothing that this one has decided
/// changes; at a memory access the rest of the instruction still follows, which may be to put what was loaded into a register.
/// </remarks>
public readonly ref struct VCpuControl
{
    private readonly nint _state;

    internal VCpuControl(nint state) => _state = state;

    /// <summary>The registers, to be read.</summary>
    public Registers Registers => new(_state);

    /// <summary>Writes a register by its handle.</summary>
    /// <exception cref="ArgumentException">The register cannot be written, as <c>zero</c> and the counters.</exception>
    public unsafe void Write<T>(Register<T> register, T value)
        where T : unmanaged
    {
        ulong bits = 0;
        *(T*)&bits = value;
        Access.WriteRegister(register.Place, bits);
    }

    /// <summary>Writes a register of at most 8 bytes, its low bytes. To write the program counter is to <see cref="JumpTo"/>.</summary>
    /// <exception cref="ArgumentException">The register cannot be written, as <c>zero</c> and the counters.</exception>
    public void Write(Register register, ulong value) => Access.WriteRegister(register.Place, value);

    /// <summary>Writes guest memory as the guest would. Code that is translated there is translated again before it is entered again.</summary>
    /// <returns>False, with nothing written, if a byte of the range cannot be written.</returns>
    public bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source) => Access.TryWriteMemory(address, source);

    /// <summary>
    /// Has the vCPU go on at a guest address once the callback returns: what remains of the block, and what else plugins wanted there, does not run. The last one counts.
    /// </summary>
    public void JumpTo(ulong address) => Access.JumpTo(address);

    private IVCpuAccess Access => VCpu.At(_state).Access;
}
