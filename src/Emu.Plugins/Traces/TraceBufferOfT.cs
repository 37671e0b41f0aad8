namespace Emu.Plugins;

/// <summary>
/// A stream of records, made by <see cref="Host.NewTraceBuffer{TRecord}"/>, that <c>AppendOnExecute</c>, <c>AppendOnComplete</c> and <c>AppendOnMemory</c> add to. Each vCPU has a
/// buffer of its own; when it is full the consumer gets it.
/// </summary>
/// <remarks>
/// <para>Records of one vCPU come in the order in which its instructions and accesses happened; <see cref="TraceValue.Stamp"/> orders those of several.</para>
/// <para>Nothing is lost. What a buffer holds before it is full is handed over when the vCPU ends, before its exit event, and at every end of the guest: exit, <c>exit_group</c>, a
/// deadly signal, on the thread that ends it; before another program is executed; before the guest forks, to the parent, so that the child begins with empty buffers; and
/// before a reset or uninstalling is done, and before the plugin reports. Only what a plugin that has thrown had not got yet is dropped.</para>
/// </remarks>
/// <typeparam name="TRecord">The record: a partial struct with <see cref="TraceRecordAttribute"/>.</typeparam>
public sealed unsafe class TraceBuffer<TRecord> : TraceBuffer
    where TRecord : unmanaged, ITraceRecord
{
    private readonly TraceConsumer<TRecord> _consumer;

    internal TraceBuffer(int capacity, TraceConsumer<TRecord> consumer)
        : base(capacity, sizeof(TRecord), TRecord.Fields) => _consumer = consumer;

    internal override void Deliver(VCpuId vcpu, nint records, int count) => _consumer(vcpu, new ReadOnlySpan<TRecord>((void*)records, count));
}
