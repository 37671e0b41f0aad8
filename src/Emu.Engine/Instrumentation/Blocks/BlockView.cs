using System.Text;
using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// What plugins see of the block that is being translated: addresses and sizes from the IR's markers, bytes from guest memory, names from the
/// guest's tables. A plugin with a scope sees the instructions in it as if they were the block. One per translating thread, reused from block to block.
/// </summary>
internal sealed unsafe class BlockView(PluginHost host, HookList hooks) : ITranslationAccess
{
    private readonly IGuest _guest = host.Machine.Guest;
    private readonly GuestMemory _memory = host.Machine.Memory;
    private (ulong Address, int Size)[] _insns = new (ulong, int)[64];
    private int[] _shown = new int[64];
    private bool _isWhole;
    private IrBlock _block = null!;
    private int _part;
    private int _first;
    private int _end;

    /// <summary>Where symbols come from, if the guest has any.</summary>
    public ISymbolSource? Symbols { get; set; }

    /// <summary>Instructions of the block, shown or not.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public int InstructionCount { get; private set; }

    /// <summary>Takes another block, to be shown.</summary>
    public void Take(IrBlock block)
    {
        (_block, Length) = (block, 0);
        foreach (ref readonly var insn in block.Insns)
        {
            if (insn.Op != IrOp.InsnStart)
                continue;
            if (Length == _insns.Length)
                Array.Resize(ref _insns, Length * 2);
            _insns[Length++] = ((ulong)insn.Imm, insn.Size);
        }
    }

    /// <summary>Goes before the first of the parts that plugins are shown as blocks: a trace has several.</summary>
    public void Begin() => (_part, _end) = (0, 0);

    /// <summary>Goes on to the next part; false if there is none.</summary>
    public bool TryNextPart()
    {
        _first = _end;
        if (_first == Length)
            return false;
        var end = _part == 0 ? _block.EndPc : _block.Stretches[_part - 1].End;
        _part++;
        while (_end < Length && _insns[_end++] is var (address, size) && address + (ulong)size != end)
        {
        }

        return true;
    }

    /// <summary>Shows the part to a plugin with that scope, or with none; false if nothing of it is to be shown.</summary>
    public bool ShowTo(Scope? scope)
    {
        _isWhole = scope is null;
        InstructionCount = _isWhole ? _end - _first : 0;
        if (scope is not null)
            Choose(scope);
        return InstructionCount > 0;
    }

    /// <summary>True if a plugin with that scope, or with none, is shown something of the block.</summary>
    public bool Meets(Scope? scope)
    {
        for (var place = 0; place < Length; place++)
            if (scope is null || scope.Includes(this, place))
                return true;
        return false;
    }

    /// <summary>Guest address of an instruction of the block, shown or not.</summary>
    public ulong AddressAt(int place) => _insns[place].Address;

    /// <summary>What the guest's tables say of an instruction of the block, shown or not.</summary>
    public InstructionDescription DescribeAt(int place) => _guest.Describe(_insns[place].Address, BytesAt(place));

    /// <summary>Guest address that a branch or jump of the block, shown or not, goes to if that stands in it, or null.</summary>
    public ulong? TargetAt(int place) => _guest.ControlFlowOf(_insns[place].Address, BytesAt(place)).Target;

    /// <summary>What an instruction of the block, shown or not, tells of regions of interest.</summary>
    public RegionMark MarkAt(int place) => _guest.MarkOf(BytesAt(place));

    /// <summary>Instructions of the part that is shown: the number of the first in the block, and that behind the last.</summary>
    public (int First, int End) Part => (_first, _end);

    /// <inheritdoc/>
    public ulong AddressOf(int index) => _insns[PlaceOf(index)].Address;

    /// <inheritdoc/>
    public int SizeOf(int index) => _insns[PlaceOf(index)].Size;

    /// <inheritdoc/>
    public nint HostAddressOf(int index) => (nint)(_memory.Base + AddressOf(index));

    /// <inheritdoc/>
    public int CopyBytes(int index, Span<byte> destination)
    {
        var bytes = BytesOf(index);
        var count = Math.Min(bytes.Length, destination.Length);
        bytes[..count].CopyTo(destination);
        return count;
    }

    /// <inheritdoc/>
    public string Disassemble(int index)
    {
        var text = new StringBuilder();
        _guest.Disassemble(AddressOf(index), BytesOf(index), text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public string MnemonicOf(int index) => Describe(index).Opcode;

    /// <inheritdoc/>
    public string ClassOf(int index) => Describe(index).Class;

    /// <inheritdoc/>
    public string ClassSummaryOf(int index) => Describe(index).ClassSummary;

    /// <inheritdoc/>
    public string ExtensionOf(int index) => Describe(index).Extension;

    /// <inheritdoc/>
    public (ControlFlow Flow, ulong? Target) ControlFlowOf(int index) => _guest.ControlFlowOf(AddressOf(index), BytesOf(index));

    /// <inheritdoc/>
    public IReadOnlyList<Register> RegistersOf(int index, bool written) => Array.ConvertAll(_guest.RegistersOf(BytesOf(index), written), place => host.Registers[place]);

    /// <inheritdoc/>
    public string? SymbolOf(int index) => Symbols?.SymbolAt(AddressOf(index))?.Name;

    /// <inheritdoc/>
    public void Request(in HookRequest request)
    {
        if (request.Edges != EdgeKind.None && ControlFlowOf(request.Point).Flow is ControlFlow.Next or ControlFlow.System)
            return;
        // What a plugin is shown is a block of its own, which is entered at its first instruction.
        var isEntry = request.Point == HookRequest.Block;
        var place = PlaceOf(isEntry ? 0 : request.Point);
        hooks.Add(request, isEntry && place == 0 ? HookRequest.Block : place, isEntry);
    }

    private void Choose(Scope scope)
    {
        if (_shown.Length < Length)
            _shown = new int[_insns.Length];
        for (var place = _first; place < _end; place++)
            if (scope.Includes(this, place))
                _shown[InstructionCount++] = place;
    }

    private int PlaceOf(int index) => _isWhole ? _first + index : _shown[index];

    private InstructionDescription Describe(int index) => DescribeAt(PlaceOf(index));

    private ReadOnlySpan<byte> BytesOf(int index) => BytesAt(PlaceOf(index));

    // The block was fetched from there a moment ago; that its page may be unmapped meanwhile is excluded, since unmapping waits for this thread.
    private ReadOnlySpan<byte> BytesAt(int place) => new(_memory.Base + _insns[place].Address, _insns[place].Size);
}
