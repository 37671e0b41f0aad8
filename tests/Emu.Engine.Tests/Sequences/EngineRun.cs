using Emu.Backend.Threaded;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Engine.Tests.Sequences;

/// <summary>Runs a program in the engine.</summary>
internal static class EngineRun
{
    /// <summary>What the program writes to its standard output.</summary>
    public static byte[] Of(SequenceProgram program, TranslationOptions options, bool fuse = true)
    {
        using var memory = new GuestMemory();
        Load(memory, SequenceProgram.CodeAddress, program.Code, PagePermissions.Read | PagePermissions.Execute);
        Load(memory, SequenceProgram.DataAddress, program.Data, PagePermissions.Read | PagePermissions.Write);
        using var machine = new Machine(new RiscVGuest(), new ThreadedBackend(RiscVState.Size, fuse), memory) { Translation = options };
        var vcpu = machine.AddVCpu();
        vcpu.Pc = SequenceProgram.CodeAddress;
        var system = new WritingSystem();
        new VCpuLoop(vcpu, system).Run();
        return system.Output.ToArray();
    }

    private static void Load(GuestMemory memory, ulong address, byte[] content, PagePermissions permissions)
    {
        var length = GuestMemory.RoundUp((ulong)content.Length);
        memory.MapAnonymous(address, length, PagePermissions.Read | PagePermissions.Write);
        if (!memory.TryWrite(address, content))
            Assert.Fail($"the content does not fit at 0x{address:x}");
        TestMachine.Done(memory.Protect(address, length, permissions));
    }

    /// <summary>Knows write and exit; anything else that the program does is a failure.</summary>
    private sealed class WritingSystem : IGuestSystem
    {
        private const ulong WriteCall = 64, ExitCall = 93;

        public MemoryStream Output { get; } = new();

        public bool OnSyscall(VCpuContext vcpu)
        {
            var abi = vcpu.Machine.Guest.Abi;
            if (vcpu.Register(abi.Number) == ExitCall)
                return false;
            if (vcpu.Register(abi.Number) != WriteCall)
                throw new InvalidOperationException($"system call {vcpu.Register(abi.Number)} at 0x{vcpu.Pc:x}");
            if (!vcpu.Machine.Memory.TryGetSpan(vcpu.Register(abi.Arguments[1]), vcpu.Register(abi.Arguments[2]), PagePermissions.Read, out var written))
                throw new InvalidOperationException($"write of 0x{vcpu.Register(abi.Arguments[1]):x}, which cannot be read, at 0x{vcpu.Pc:x}");
            Output.Write(written);
            return true;
        }

        public bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value) => throw new InvalidOperationException($"{trap} of 0x{value:x} at 0x{vcpu.Pc:x}");

        public bool OnFault(VCpuContext vcpu, GuestFault fault) => throw new InvalidOperationException($"{fault} at 0x{vcpu.Pc:x}");
    }
}
