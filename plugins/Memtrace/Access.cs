using Emu.Plugins;

namespace StandardPlugins;

/// <summary>An access as translated code writes it down.</summary>
[TraceRecord]
internal partial struct Access
{
    [Traced(TraceValue.ProgramCounter)] public ulong Pc;
    [Traced(TraceValue.Address)] public ulong Address;
    [Traced(TraceValue.Size)] public byte Size;
    [Traced(TraceValue.Kind)] private byte _kind;

    public readonly bool IsStore => _kind == (byte)AccessKind.Write;
}
