namespace Emu.Plugins;

/// <summary>Takes records of a trace, in the order in which they were made. They are gone when it returns. No lock of the engine is held.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <param name="vcpu">The vCPU that made them.</param>
/// <param name="records">At least one, at most the buffer's capacity.</param>
public delegate void TraceConsumer<TRecord>(VCpuId vcpu, ReadOnlySpan<TRecord> records)
    where TRecord : unmanaged;
