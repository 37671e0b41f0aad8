namespace Emu.Plugins;

/// <summary>
/// A record of a trace: a struct whose fields tell what they hold. The generator writes the member for a partial struct with <see cref="TraceRecordAttribute"/>. Its length is a
/// multiple of 4, at most <see cref="TraceBuffer.MaxRecordSize"/>.
/// </summary>
public interface ITraceRecord
{
    /// <summary>The fields that are filled; what lies between them is zero. They do not overlap, and no two hold the same.</summary>
    static abstract IReadOnlyList<TraceField> Fields { get; }
}
