using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>A callback's body that translated code does itself does what the compiled one does, whatever the guest's state.</summary>
public class LoweredBodyTests
{
    private const int Programs = 25;

    [Test]
    [Arguments("threaded", PassSet.All)]
    [Arguments("threaded", PassSet.None)]
    [Arguments("x64", PassSet.All)]
    [Arguments("x64", PassSet.None)]
    public async Task Lowered_and_called_bodies_agree_on_random_programs(string backend, PassSet passes)
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var flag = seed % 2 == 0;
            var (called, calls) = Run(backend, 0, passes, seed, flag);
            var (lowered, left) = Run(backend, int.MaxValue, passes, seed, flag);
            await Assert.That(lowered).IsEqualTo(called).Because($"seed {seed}");
            await Assert.That(calls).IsGreaterThan(0);
            await Assert.That(left).IsEqualTo(0).Because("every body is of those that can be lowered");
        }
    }

    [Test]
    public async Task Both_backends_agree_and_something_is_counted()
    {
        var (threaded, _) = Run("threaded", 0, PassSet.All, 1, flag: true);
        var (machine, _) = Run("x64", int.MaxValue, PassSet.All, 1, flag: true);
        await Assert.That(machine).IsEqualTo(threaded);
        await Assert.That(threaded.Split(' ').Count(word => word != "0")).IsGreaterThan(15);
    }

    private static (string Results, int Calls) Run(string name, int maxLoweredOps, PassSet passes, int seed, bool flag)
    {
        CountingCalls? counting = null;
        var random = new Random(seed);
        using var machine = new TestMachine(code => RandomProgram.Assemble(code, random), new TranslationOptions { Verify = true, Passes = passes }, (guest, memory) => counting = new CountingCalls(New(name, guest, memory), maxLoweredOps));
        var bodies = machine.Install(new Bodies { Flag = flag, Step = random.Next(-1000, 1000) });
        machine.Run(vcpu => RandomProgram.Fill(vcpu, random));
        return (string.Join(' ', bodies.Results), counting!.Calls);
    }

    private static IBackend New(string name, RiscVGuest guest, GuestMemory memory) => name == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(guest.StateSize);
}
