namespace Emu.Plugins.Tests.Machines;

/// <summary>Counts in fields of its own, so that its callbacks must be called.</summary>
[EmuPlugin("plain", "Counts in plain fields")]
public sealed partial class Plain : Plugin, IOnTranslate
{
    public ulong Executed { get; private set; }

    public ulong Bytes { get; private set; }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            insn.OnExecute<Callbacks.Counted>();
            insn.OnMemory<Callbacks.Measured>(AccessKind.ReadWrite, 1);
        }
    }

    [ExecCallback]
    private void Counted(in VCpu vcpu, nint userData) => Executed++;

    [MemoryCallback]
    private void Measured(in VCpu vcpu, in MemoryAccess access, nint factor) => Bytes += (ulong)(access.Size * factor);
}
