using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// A stream of records that translated code writes by itself, without a call but when a vCPU's buffer is full. This is the part that does not depend on the record's type;
/// plugins use <see cref="TraceBuffer{TRecord}"/>.
/// </summary>
public abstract class TraceBuffer
{
    /// <summary>A record has at most this many bytes.</summary>
    public const int MaxRecordSize = 64;

    /// <summary>A vCPU's buffer has at most this many bytes.</summary>
    public const int MaxBytes = 1 << 26;

    private protected TraceBuffer(int capacity, int recordSize, IReadOnlyList<TraceField> fields)
    {
        if (recordSize % 4 != 0 || recordSize > MaxRecordSize)
            throw new ArgumentException($"a trace's record has {recordSize} bytes; allowed: a multiple of 4, at most {MaxRecordSize}");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxBytes / recordSize);
        Check(fields, recordSize);
        (Capacity, RecordSize, Fields) = (capacity, recordSize, fields);
    }

    /// <summary>How many records each vCPU's buffer has room for.</summary>
    public int Capacity { get; }

    /// <summary>Hands over now what the vCPU has collected, if anything: the consumer is called before this returns.</summary>
    /// <param name="vcpu">The vCPU that the callback or event comes from, on its thread.</param>
    /// <exception cref="ObjectDisposedException">The plugin was uninstalled.</exception>
    public void HandOver(in VCpu vcpu) => Drain.HandOver(vcpu.Access.State);

    /// <summary>What the next record's <see cref="TraceValue.InstructionCount"/> would be if it were made now.</summary>
    /// <param name="vcpu">A vCPU; the number is exact on its thread, and while it is stopped.</param>
    /// <exception cref="InvalidOperationException">The record has no such field.</exception>
    /// <exception cref="ObjectDisposedException">The plugin was uninstalled.</exception>
    public ulong InstructionsOf(VCpuId vcpu) => Drain.InstructionsOf(vcpu.Index);

    /// <summary>
    /// Takes a number from those that <see cref="TraceValue.Stamp"/> has: it puts what is no record, such as an event, in one order with the records of all vCPUs. From any thread.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The plugin was uninstalled.</exception>
    public ulong TakeStamp() => Drain.TakeStamp();

    private ITraceDrain Drain => Stream ?? throw new ObjectDisposedException(nameof(TraceBuffer), "the plugin whose trace this is was uninstalled");

    /// <summary>Length of a record in bytes.</summary>
    internal int RecordSize { get; }

    /// <summary>What records hold.</summary>
    internal IReadOnlyList<TraceField> Fields { get; }

    /// <summary>What the engine keeps of it.</summary>
    internal ITraceDrain? Stream { get; set; }

    /// <summary>Hands records to the consumer.</summary>
    internal abstract void Deliver(VCpuId vcpu, nint records, int count);

    private static void Check(IReadOnlyList<TraceField> fields, int recordSize)
    {
        var (taken, values) = (0UL, new HashSet<TraceValue>());
        foreach (var (value, offset, size) in fields)
        {
            if (!Enum.IsDefined(value) || size is not (1 or 2 or 4 or 8) || offset < 0 || offset > recordSize - size)
                throw new ArgumentException($"a trace's record of {recordSize} bytes has no field {value} of {size} bytes at {offset}");
            var bytes = (ulong.MaxValue >> (64 - size)) << offset;
            if ((taken & bytes) != 0)
                throw new ArgumentException($"field {value} of a trace's record overlaps another one");
            if (!values.Add(value))
                throw new ArgumentException($"two fields of a trace's record are {value}");
            taken |= bytes;
        }
    }
}
