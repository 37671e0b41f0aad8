using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Guest.RiscV.Tests;

/// <summary>
/// A vCPU that runs code through the guest's translation and the IR's reference interpreter. Code begins at <see cref="CodeAddress"/>;
/// loads and stores see <see cref="Data"/>, a memory of their own.
/// </summary>
internal sealed class Guest : IDisposable
{
    public const ulong CodeAddress = 0x10000;
    public const ulong DataAddress = 0x20000;

    private readonly RiscVGuest _guest;
    private readonly IrBlock _block = new();

    public Guest(byte[] code, ulong address = CodeAddress, int codePages = 1, CpuModel? cpu = null)
    {
        _guest = new RiscVGuest(cpu ?? CpuModel.Max);
        Memory = new GuestMemory();
        Memory.MapAnonymous(CodeAddress, (ulong)codePages * GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);
        if (!Memory.TryWrite(address, code))
            Assert.Fail($"the code does not fit at 0x{address:x}");
        Pc = address;
    }

    public GuestMemory Memory { get; }

    public ReferenceState State { get; } = new(RiscVState.Size, new StateLayout(72, 76));

    public ReferenceMemory Data { get; } = new(DataAddress, 4096);

    public ulong Pc { get; set; }

    /// <summary>The block that was translated last.</summary>
    public IrBlock Block => _block;

    public ulong this[XRegister register]
    {
        get => State[RiscVState.OffsetOf(register)];
        set => State[RiscVState.OffsetOf(register)] = value;
    }

    public ulong this[FRegister register]
    {
        get => State[RiscVState.OffsetOf(register)];
        set => State[RiscVState.OffsetOf(register)] = value;
    }

    public static Guest Of(Action<Assembler> write, CpuModel? cpu = null)
    {
        var code = new Assembler();
        write(code);
        return new Guest(code.ToArray(), cpu: cpu);
    }

    /// <summary>Translates the block at <see cref="Pc"/> and checks it.</summary>
    public IrBlock Translate(int limit = 512, bool mayChoose = false)
    {
        _block.Reset(Pc);
        _guest.Translate(new IrBuilder(_block), Memory, limit, mayChoose);
        IrVerifier.Verify(_block);
        return _block;
    }

    /// <summary>Runs one block.</summary>
    public BlockEnd Step(int limit = 512, bool mayChoose = false)
    {
        var end = new ReferenceInterpreter(State, Data, new HookLog()).Run(Translate(limit, mayChoose));
        Pc = end.Pc;
        return end;
    }

    /// <summary>Runs blocks until something other than a jump or an exit ends one.</summary>
    public BlockEnd Run()
    {
        while (true)
            if (Step() is { Kind: not (BlockEndKind.Jump or BlockEndKind.Exit) } end)
                return end;
    }

    public void Dispose() => Memory.Dispose();
}
