using Emu.Plugins;

namespace StandardPlugins;

/// <summary>An access as translated code writes it down.</summary>
[TraceRecord]
internal partial struct PageAccess
{
    [Traced(TraceValue.Address)] public ulong Address;
    [Traced(TraceValue.Kind)] private byte _kind;

    public readonly bool IsStore => _kind == (byte)AccessKind.Write;
}
