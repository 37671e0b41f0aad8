using System.Buffers.Binary;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Blocks;
using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>
/// Drives plugins by what a recording says instead of by a guest: shows them blocks as if these were translated, and does itself what they ask for there as vCPUs come by. Everything else (options,
/// scopes, windows, subscriptions, traces, reports) is the <see cref="PluginHost"/>'s, as in a run. Used by one thread, which stands for all vCPUs' threads.
/// </summary>
public sealed unsafe class Replayer
{
    private readonly PluginHost _host;
    private readonly Machine _machine;
    private readonly RecordedState _state;
    private readonly BlockInstrumenter _instrumenter;
    private readonly HookPerformer _performer;
    private readonly IrBlock _block = new();
    private readonly IrBuilder _translation = new(new IrBlock());
    private readonly HashSet<ulong> _pages = [];
    private int _generation;

    /// <param name="host">The plugins, of a machine with a <see cref="ReplayBackend"/> and empty memory.</param>
    public Replayer(PluginHost host)
    {
        _state = host.Recorded ?? throw new ArgumentException("the plugin host is that of a run", nameof(host));
        (_host, _machine) = (host, host.Machine);
        (_instrumenter, _performer) = (new BlockInstrumenter(host), new HookPerformer(host));
        var flushed = _machine.CodeFlushed;
        _machine.CodeFlushed = () =>
        {
            _generation++;
            flushed?.Invoke();
        };
    }

    /// <summary>A block, of which plugins are not told yet.</summary>
    /// <param name="instructions">Addresses and bytes of its instructions, at least one.</param>
    /// <exception cref="ArgumentException">One lies outside of the guest's address space.</exception>
    public RecordedBlock Define(IReadOnlyList<(ulong Address, byte[] Bytes)> instructions)
    {
        var defined = new RecordedInstruction[instructions.Count];
        for (var i = 0; i < defined.Length; i++)
        {
            var (address, bytes) = instructions[i];
            Place(address, bytes);
            defined[i] = new(address, bytes) { LoadsSigned = LoadsSigned(address) };
        }

        return new RecordedBlock(defined);
    }

    /// <summary>The block is translated: plugins are shown it, once the first vCPU has started.</summary>
    public void Translate(RecordedBlock block)
    {
        foreach (var instruction in block.Instructions)
        {
            Place(instruction.Address, instruction.Bytes);
            _state.Show(instruction.Address, instruction.Bytes);
        }

        _block.Reset(block.Instructions[0].Address);
        foreach (var instruction in block.Instructions)
        {
            ref var marker = ref _block.Append(IrOp.InsnStart);
            (marker.Imm, marker.Size) = ((long)instruction.Address, (byte)instruction.Bytes.Length);
        }

        (_block.EndPc, _block.InstructionCount) = (block.Instructions[^1].End, block.Instructions.Count);
        var generation = _generation;
        block.Take((_host.Mask & EventMask.Translation) != 0 && _instrumenter.Ask(_block) ? _instrumenter.Hooks : null, generation);
    }

    /// <summary>A vCPU starts.</summary>
    /// <param name="index">Its index, which no vCPU has that is alive.</param>
    /// <param name="threadId">The number of its thread.</param>
    /// <param name="pc">Guest address of its first instruction.</param>
    public ReplayedVCpu Start(int index, long threadId, ulong pc)
    {
        var context = AddVCpu(index);
        (context.State->ThreadId, context.Pc) = (threadId, pc);
        context.BindToThread();
        _host.VCpuStarted(context);
        return new ReplayedVCpu(context);
    }

    /// <summary>A vCPU ends.</summary>
    public void End(ReplayedVCpu vcpu)
    {
        Finish(vcpu);
        _host.VCpuEnded(vcpu.Context);
        _state.Forget(vcpu.Context);
        _machine.RemoveVCpu(vcpu.Context);
        VCpuContext.UnbindFromThread();
    }

    /// <summary>The vCPU enters a block, after all of the one that it was in, and begins its first instruction.</summary>
    public void Enter(ReplayedVCpu vcpu, RecordedBlock block)
    {
        Finish(vcpu);
        (vcpu.Block, vcpu.Begun, vcpu.Completed) = (block, 0, 0);
        vcpu.Context.Pc = block.Instructions[0].Address;
        foreach (ref readonly var hook in HooksAt(vcpu, HookRequest.Block))
            _performer.Perform(hook, vcpu.Context.State);
        Begin(vcpu, 0);
    }

    /// <summary>The vCPU completes the instructions before that one, and begins it.</summary>
    public void Begin(ReplayedVCpu vcpu, int instruction)
    {
        Act(vcpu);
        while (vcpu.Begun <= instruction)
        {
            Complete(vcpu, vcpu.Begun - 1);
            Execute(vcpu, vcpu.Begun++, isAfter: false);
        }
    }

    /// <summary>The instruction has made an access, to <paramref name="size"/> bytes: 1, 2, 4 or 8.</summary>
    public void Access(ReplayedVCpu vcpu, int instruction, AccessKind kind, ulong address, int size, ulong value)
    {
        Begin(vcpu, instruction);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _state.Show(address, bytes[..size]);
        var isStore = kind == AccessKind.Write;
        var place = new RecordedPlace
        {
            Address = address, Value = value & (ulong.MaxValue >> (64 - 8 * size)), Size = size, IsStore = isStore,
            IsSigned = !isStore && vcpu.Block!.Instructions[instruction].LoadsSigned, Kind = (byte)kind,
        };
        foreach (ref readonly var hook in HooksAt(vcpu, instruction))
            if ((hook.Accesses & kind) != 0)
                _performer.Perform(hook, vcpu.Context.State, place);
    }

    /// <summary>The instruction has completed, and the program leaves it for an address.</summary>
    public void Leave(ReplayedVCpu vcpu, int instruction, EdgeKind kind, ulong target, ulong stackPointer)
    {
        Begin(vcpu, instruction);
        Complete(vcpu, instruction);
        var place = new RecordedPlace { Address = target, Value = stackPointer, Size = sizeof(ulong), IsStore = kind == EdgeKind.Taken, Kind = (byte)kind };
        foreach (ref readonly var hook in HooksAt(vcpu, instruction))
            if ((hook.Edges & kind) != 0)
                _performer.Perform(hook, vcpu.Context.State, place);
        if (instruction < vcpu.Block!.Instructions.Count - 1)
            return;
        vcpu.Block = null;
        vcpu.Context.Pc = target;
    }

    /// <summary>The vCPU completes all of the block that it is in, if it is in one. How it leaves it may still be told.</summary>
    public void CompleteAll(ReplayedVCpu vcpu)
    {
        Act(vcpu);
        if (vcpu.Block is not { } block)
            return;
        Begin(vcpu, block.Instructions.Count - 1);
        Complete(vcpu, block.Instructions.Count - 1);
    }

    /// <summary>The vCPU completes all of the block that it is in, if it is in one, and is in none then.</summary>
    public void Finish(ReplayedVCpu vcpu)
    {
        CompleteAll(vcpu);
        if (vcpu.Block is { } block)
        {
            vcpu.Context.Pc = block.Instructions[^1].End;
            vcpu.Block = null;
        }

        // As between blocks of a run: what callbacks have asked for.
        vcpu.Context.RunWork();
    }

    /// <summary>The vCPU leaves its block in the middle of an instruction that it has begun and does not complete.</summary>
    public void Cut(ReplayedVCpu vcpu, int instruction)
    {
        Begin(vcpu, instruction);
        vcpu.Block = null;
        vcpu.Context.RunWork();
    }

    /// <summary>The recording has ended, or is left: the calling thread is no vCPU's any more.</summary>
    public static void LeaveThread() => VCpuContext.UnbindFromThread();

    private void Complete(ReplayedVCpu vcpu, int instruction)
    {
        if (instruction < vcpu.Completed)
            return;
        Execute(vcpu, instruction, isAfter: true);
        vcpu.Completed = instruction + 1;
    }

    private void Execute(ReplayedVCpu vcpu, int instruction, bool isAfter)
    {
        vcpu.Context.Pc = vcpu.Block!.Instructions[instruction].Address;
        foreach (ref readonly var hook in HooksAt(vcpu, instruction))
            if (hook.IsAfter == isAfter && hook.IsAtExecution)
                _performer.Perform(hook, vcpu.Context.State);
    }

    /// <summary>What plugins want there: asked again if code was dropped meanwhile, as what they wanted then may be gone.</summary>
    private ReadOnlySpan<HookList.Pending> HooksAt(ReplayedVCpu vcpu, int point)
    {
        var block = vcpu.Block!;
        if (!block.IsAsked(_generation))
            Translate(block);
        return block.HooksAt(point);
    }

    /// <summary>What is asked for from now on is that vCPU's.</summary>
    private static void Act(ReplayedVCpu vcpu) => vcpu.Context.BindToThread();

    /// <summary>Puts code where plugins find its bytes.</summary>
    private void Place(ulong address, byte[] bytes)
    {
        const ulong Size = GuestMemory.PageSize;
        if (address >= GuestMemory.Size - Size)
            throw new ArgumentException($"no instruction can lie at 0x{address:x}");
        for (var page = address & ~(Size - 1); page < address + (ulong)bytes.Length; page += Size)
            if (_pages.Add(page))
                _machine.Memory.MapAnonymous(page, Size, PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);
        if (!_machine.Memory.TryWrite(address, bytes))
            throw new InvalidOperationException($"no code can be written at 0x{address:x}");
    }

    private bool LoadsSigned(ulong address)
    {
        _translation.Block.Reset(address);
        _machine.Guest.Translate(_translation, _machine.Memory, 1);
        foreach (ref readonly var insn in _translation.Block.Insns)
            if (insn.Op.Has(IrProperties.Reads))
                return (MemoryHooks.FlagsOf(insn, AccessKind.Read) & IrFlags.Signed) != 0;
        return false;
    }

    /// <summary>Takes the index that is asked for by taking all that are free before it, too, for a moment.</summary>
    private VCpuContext AddVCpu(int index)
    {
        var others = new List<VCpuContext>();
        VCpuContext added;
        while ((added = _machine.AddVCpu()).Index < index)
            others.Add(added);
        foreach (var other in others)
            _machine.RemoveVCpu(other);
        return added;
    }
}
