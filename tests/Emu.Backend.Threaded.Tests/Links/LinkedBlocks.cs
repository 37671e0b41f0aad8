using System.Runtime.InteropServices;
using Emu.Backend.Tests.Differential;
using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Backend.Tests.Links;

/// <summary>
/// Blocks that are emitted one after the other, to be linked by hand and run on one vCPU: a machine without its vCPU loop and its code cache.
/// Blocks and exits are told by the addresses of their records and sites.
/// </summary>
internal sealed unsafe partial class LinkedBlocks : IDisposable
{
    private const int Bytes = 1 << 16;

    private readonly byte* _records = (byte*)NativeMemory.AlignedAlloc(Bytes, 64);
    private readonly GuestMemory _memory = new();
    private readonly Machine _machine;
    private readonly VCpuState* _state;
    private int _used;

    public LinkedBlocks()
    {
        _machine = new Machine(new RiscVGuest(), NewBackend(_memory), _memory);
        _state = _machine.AddVCpu().State;
        Budget = 100;
    }

    /// <summary>The backend whose test project this is.</summary>
    public IBackend Backend => _machine.Backend;

    /// <summary>What the vCPU may still do before it is asked to leave.</summary>
    public int Budget
    {
        set => _state->Budget = value;
    }

    /// <summary>A guest register by its offset.</summary>
    public ulong this[int offset]
    {
        get => *(ulong*)((byte*)_state + offset);
        set => *(ulong*)((byte*)_state + offset) = value;
    }

    /// <summary>The exit that was taken last.</summary>
    public nint Site => (nint)_state->Position;

    /// <summary>Emits a block of one guest instruction behind the others.</summary>
    public nint Emit(ulong pc, Action<IrBuilder> instruction)
    {
        var ir = TestBlock.At(pc, instruction);
        var block = (TranslatedBlock*)(_records + _used);
        _used += (TranslatedBlock.RecordSize + Backend.MaxCodeSize(ir) + 63) & ~63;
        if (_used > Bytes)
            Assert.Fail($"all blocks need more than {Bytes} bytes");
        *block = new TranslatedBlock { Pc = ir.Pc, EndPc = ir.EndPc, InstructionCount = ir.InstructionCount };
        Backend.Emit(ir, block);
        return (nint)block;
    }

    /// <summary>Runs from the block on; why that ended, and where the guest goes on.</summary>
    public (ExitReason Reason, ulong Pc) Run(nint block) => (Backend.Run(_state, ((TranslatedBlock*)block)->Entry), _state->Pc);

    /// <summary>Where the block's code begins.</summary>
    public static nint EntryOf(nint block) => (nint)((TranslatedBlock*)block)->Entry;

    public void Link(nint site, nint target) => Backend.Link((void*)site, (TranslatedBlock*)target);

    public void Unlink(nint site) => Backend.Unlink((void*)site);

    /// <summary>Puts the block into the jump cache of the vCPU.</summary>
    public void Cache(nint block)
    {
        var translated = (TranslatedBlock*)block;
        _state->JumpCache[JumpCacheEntry.IndexOf(translated->Pc)] = new JumpCacheEntry { Pc = translated->Pc, Entry = translated->Entry };
    }

    /// <summary>The block's code as text.</summary>
    public string TextOf(nint block)
    {
        var text = new StringWriter();
        Backend.Print((TranslatedBlock*)block, text);
        return text.ToString();
    }

    /// <summary>The backend whose test project this is.</summary>
    private static partial IBackend NewBackend(GuestMemory memory);

    public void Dispose()
    {
        _machine.Dispose();
        (Backend as IDisposable)?.Dispose();
        _memory.Dispose();
        NativeMemory.AlignedFree(_records);
    }
}
