using System.Buffers.Binary;

namespace Emu.Plugins.Tests.Machines;

/// <summary>Looks at two words of memory before each instruction, and at the code at its end.</summary>
[EmuPlugin("peek", "Looks at memory")]
public sealed partial class Peek : Plugin, IOnTranslate, IOnVCpuExit
{
    /// <summary>What was there.</summary>
    public List<string> Seen { get; } = [];

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnExecute<Callbacks.Looked>();
    }

    public void OnVCpuExit(in VCpu vcpu)
    {
        Span<byte> bytes = stackalloc byte[2];
        Seen.Add(vcpu.TryReadMemory(0x1000, bytes) && bytes[0] == 0x22 ? "code" : "no code");
    }

    [ExecCallback]
    private void Looked(in VCpu vcpu, nint userData)
    {
        Look(vcpu, 0x8000);
        Look(vcpu, 0x8008);
    }

    private void Look(in VCpu vcpu, ulong address)
    {
        Span<byte> bytes = stackalloc byte[8];
        Seen.Add(vcpu.TryReadMemory(address, bytes) ? $"0x{BinaryPrimitives.ReadUInt64LittleEndian(bytes):x}" : "none");
    }
}
