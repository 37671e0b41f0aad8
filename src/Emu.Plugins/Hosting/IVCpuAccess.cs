namespace Emu.Plugins.Hosting;

/// <summary>What the engine implements behind <see cref="VCpu"/>. Called on the vCPU's thread, from callbacks and events.</summary>
internal interface IVCpuAccess
{
    /// <summary>Guest address of the instruction whose callback runs; outside of callbacks, of the next instruction.</summary>
    ulong ProgramCounter { get; }

    /// <summary>The vCPU's state block.</summary>
    nint State { get; }

    /// <summary>True while an event is told, outside translated code; false while a callback runs.</summary>
    bool IsInEvent { get; }

    /// <summary>Reads a register in the guest's byte order and returns its size; throws <see cref="ArgumentException"/> if it does not fit.</summary>
    int ReadRegister(Register register, Span<byte> destination) => ReadRegister(register.Number, destination);

    /// <summary>Reads the register of that number in the guest's byte order; throws <see cref="ArgumentException"/> if it does not fit.</summary>
    int ReadRegister(int number, Span<byte> destination);

    /// <summary>Reads guest memory; false if a byte of the range cannot be read.</summary>
    bool TryReadMemory(ulong address, Span<byte> destination);

    /// <summary>Where a guest address lies physically; false if nowhere, or if this guest's addresses have no physical side.</summary>
    bool TryTranslate(ulong address, out PhysicalAddress physical);

    /// <summary>Writes guest memory; false, with nothing written, if a byte of the range cannot be written.</summary>
    bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source);

    /// <summary>Writes the register at that place of a <see cref="Register{T}"/>, or jumps if it is the program counter; throws <see cref="ArgumentException"/> if it cannot be written.</summary>
    void WriteRegister(int place, ulong value);

    /// <summary>The vCPU is to go on at an address once the callback that runs has returned.</summary>
    void JumpTo(ulong address);

    /// <summary>A callback that machine code called has thrown: the plugin is to be disabled, with one message.</summary>
    void OnCallbackFailed(Plugin plugin, Exception exception);
}
