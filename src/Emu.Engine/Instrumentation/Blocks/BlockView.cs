using System.Text;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// What plugins see of the block that is being translated: addresses and sizes from the IR's markers, bytes from guest memory, names from the
/// guest's tables. One per translating thread, reused from block to block.
/// </summary>
internal sealed unsafe class BlockView(PluginHost host, HookList hooks) : ITranslationAccess
{
    private readonly IGuest _guest = host.Machine.Guest;
    private readonly GuestMemory _memory = host.Machine.Memory;
    private (ulong Address, int Size)[] _insns = new (ulong, int)[64];

    /// <summary>Where symbols come from, if the guest has any.</summary>
    public ISymbolSource? Symbols { get; set; }

    /// <inheritdoc/>
    public int InstructionCount { get; private set; }

    /// <summary>Shows another block.</summary>
    public void Show(IrBlock block)
    {
        InstructionCount = 0;
        foreach (ref readonly var insn in block.Insns)
        {
            if (insn.Op != IrOp.InsnStart)
                continue;
            if (InstructionCount == _insns.Length)
                Array.Resize(ref _insns, InstructionCount * 2);
            _insns[InstructionCount++] = ((ulong)insn.Imm, insn.Size);
        }
    }

    /// <inheritdoc/>
    public ulong AddressOf(int index) => _insns[index].Address;

    /// <inheritdoc/>
    public int SizeOf(int index) => _insns[index].Size;

    /// <inheritdoc/>
    public nint HostAddressOf(int index) => (nint)(_memory.Base + _insns[index].Address);

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
    public (ControlFlow Flow, ulong? Target) ControlFlowOf(int index) => _guest.ControlFlowOf(AddressOf(index), BytesOf(index));

    /// <inheritdoc/>
    public IReadOnlyList<Register> RegistersOf(int index, bool written) => Array.ConvertAll(_guest.RegistersOf(BytesOf(index), written), place => host.Registers[place]);

    /// <inheritdoc/>
    public string? SymbolOf(int index) => Symbols?.SymbolAt(AddressOf(index))?.Name;

    /// <inheritdoc/>
    public void Request(in HookRequest request) => hooks.Add(request);

    private InstructionDescription Describe(int index) => _guest.Describe(AddressOf(index), BytesOf(index));

    // The block was fetched from there a moment ago; that its page may be unmapped meanwhile is excluded, since unmapping waits for this thread.
    private ReadOnlySpan<byte> BytesOf(int index) => new(_memory.Base + _insns[index].Address, _insns[index].Size);
}
