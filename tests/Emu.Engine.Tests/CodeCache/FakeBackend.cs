using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>Emits nothing of use and writes down what is linked.</summary>
internal sealed unsafe class FakeBackend : IBackend
{
    /// <summary>Bytes that every block takes.</summary>
    public const int BlockBytes = 96;

    /// <summary>Sites that are linked now, and where they lead.</summary>
    public Dictionary<nint, nint> Links { get; } = [];

    public string Name => "fake";

    public int MaxLoweredOps => 0;

    public int MaxCodeSize(IrBlock ir) => 2 * BlockBytes;

    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        block->Entry = TranslatedBlock.CodeOf(block);
        return BlockBytes;
    }

    public void Link(void* site, TranslatedBlock* target) => Links[(nint)site] = (nint)target;

    public void Unlink(void* site) => Links.Remove((nint)site);

    public ExitReason Run(VCpuState* state, void* position) => throw new NotSupportedException();

    public void Print(TranslatedBlock* block, TextWriter writer) => throw new NotSupportedException();

    public ulong PcOf(VCpuState* state) => throw new NotSupportedException();

    public (nint Plugin, Exception Exception) TakeFailure() => throw new NotSupportedException();
}
