using Emu.Backend.Threaded;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Machines;

/// <summary>A RISC-V machine for a program that a test assembles.</summary>
internal sealed class TestMachine : IDisposable
{
    /// <summary>Where the program begins; its pages can be read, written and executed.</summary>
    public const ulong Code = 0x10000;

    /// <summary>Zeroed memory for the program's data.</summary>
    public const ulong Data = 0x4000000;

    /// <summary>Bytes of memory for code, and for data.</summary>
    public const ulong Size = 0x400000;

    /// <summary>Longer than any of the waits needs; only a hang takes as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<VCpuThread> _threads = [];

    public TestMachine(Action<Assembler> program, long codeArenaSize = BlockCache.DefaultArenaSize, int maxInstructions = 512, Func<IBackend, IBackend>? wrap = null, Func<GuestMemory, IBackend>? make = null)
    {
        Memory.MapAnonymous(Code, Size, PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);
        Memory.MapAnonymous(Data, Size, PagePermissions.Read | PagePermissions.Write);
        Load(Code, program);
        var backend = make?.Invoke(Memory) ?? new ThreadedBackend(RiscVState.Size);
        Machine = new Machine(new RiscVGuest(), wrap?.Invoke(backend) ?? backend, Memory, codeArenaSize)
        {
            Translation = new TranslationOptions { Verify = true, MaxInstructions = maxInstructions },
        };
    }

    public GuestMemory Memory { get; } = new();

    public Machine Machine { get; }

    public TestSystem System { get; init; } = new();

    /// <summary>The offset of a register.</summary>
    public static int Offset(XRegister register) => RiscVState.OffsetOf(register);

    /// <summary>Assembles to an address.</summary>
    public void Load(ulong address, Action<Assembler> program)
    {
        var code = new Assembler();
        program(code);
        if (!Memory.TryWrite(address, code.ToArray()))
            Assert.Fail($"the program does not fit at 0x{address:x}");
    }

    /// <summary>A new vCPU at the program's start, with the data's address in s0 and its own number in tp.</summary>
    public VCpuContext AddVCpu()
    {
        var vcpu = Machine.AddVCpu();
        vcpu.Pc = Code;
        vcpu.Register(Offset(XRegister.S0)) = Data;
        vcpu.Register(Offset(XRegister.Tp)) = (ulong)vcpu.Index;
        return vcpu;
    }

    /// <summary>Runs the program on a new vCPU on the calling thread until it ends; the vCPU stays to be looked at.</summary>
    public VCpuContext Run()
    {
        var vcpu = AddVCpu();
        new VCpuLoop(vcpu, System).Run();
        return vcpu;
    }

    /// <summary>Runs the program on so many new vCPUs, each on a thread of its own.</summary>
    public VCpuContext[] Start(int count)
    {
        var threads = Enumerable.Range(0, count).Select(_ => new VCpuThread(AddVCpu(), System)).ToArray();
        _threads.AddRange(threads);
        foreach (var thread in threads)
            thread.Start();
        return [.. threads.Select(thread => thread.VCpu)];
    }

    /// <summary>Waits until every vCPU that was started has ended; what one of them threw is thrown here.</summary>
    public void Join()
    {
        foreach (var thread in _threads)
            thread.Join(Patience);
        _threads.Clear();
    }

    /// <summary>Ends every vCPU that was started, wherever it is.</summary>
    public void Stop()
    {
        foreach (var thread in _threads)
            thread.VCpu.Post(static vcpu => vcpu.StopRequested = true);
        Join();
    }

    /// <summary>Waits until something that other threads do has happened.</summary>
    public static void Until(Func<bool> hasHappened, string what)
    {
        if (!SpinWait.SpinUntil(hasHappened, Patience))
            Assert.Fail($"never: {what}");
    }

    /// <summary>Fails unless the map was changed; for callbacks, which cannot await.</summary>
    public static void Done(MapError error)
    {
        if (error != MapError.None)
            Assert.Fail($"the map was not changed: {error}");
    }

    public void Dispose()
    {
        Stop();
        Machine.Dispose();
        (Machine.Backend as IDisposable)?.Dispose();
        Memory.Dispose();
    }
}
