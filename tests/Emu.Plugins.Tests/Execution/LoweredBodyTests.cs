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
    private const uint Unordered = 0;

    private static readonly XRegister[] Values = [XRegister.T0, XRegister.T1, XRegister.T2, XRegister.A0, XRegister.A1, XRegister.S1, XRegister.T6];

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
        using var machine = new TestMachine(code => Assemble(code, random), new TranslationOptions { Verify = true, Passes = passes }, (guest, memory) => counting = new CountingCalls(New(name, guest, memory), maxLoweredOps));
        var bodies = machine.Install(new Bodies { Flag = flag, Step = random.Next(-1000, 1000) });
        machine.Run(vcpu =>
        {
            foreach (var register in Values)
                vcpu.Register(RiscVState.OffsetOf(register)) = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        });
        counting!.Dispose();
        return (string.Join(' ', bodies.Results), counting.Calls);
    }

    private static IBackend New(string name, RiscVGuest guest, GuestMemory memory) => name == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(guest.StateSize);

    /// <summary>Loads, stores, atomic operations and arithmetic, several times over.</summary>
    private static void Assemble(Assembler code, Random random)
    {
        var top = new Label();
        code.Addi(XRegister.S2, XRegister.Zero, 20);
        code.Place(top);
        for (var i = 0; i < 40; i++)
            Assemble(code, random, Pick(random), Pick(random), random.Next(64) * 8);
        code.Addi(XRegister.S2, XRegister.S2, -1);
        code.Bne(XRegister.S2, XRegister.Zero, top);
        if (random.Next(2) == 0)
            code.Sd(Pick(random), XRegister.Zero, 0); // what stands behind it in its block is not done
    }

    private static void Assemble(Assembler code, Random random, XRegister a, XRegister b, int offset)
    {
        switch (random.Next(16))
        {
            case 0: code.Ld(a, XRegister.S0, offset); break;
            case 1: code.Lw(a, XRegister.S0, offset); break;
            case 2: code.Lwu(a, XRegister.S0, offset); break;
            case 3: code.Lh(a, XRegister.S0, offset); break;
            case 4: code.Lbu(a, XRegister.S0, offset); break;
            case 5 or 6: code.Sd(a, XRegister.S0, offset); break;
            case 7: code.Sw(a, XRegister.S0, offset); break;
            case 8: code.Sh(a, XRegister.S0, offset); break;
            case 9: code.Sb(a, XRegister.S0, offset); break;
            case 10: code.AmoaddD(a, XRegister.S0, b, Unordered); break;
            case 11: code.LrD(a, XRegister.S0, Unordered); break;
            case 12: code.ScD(a, XRegister.S0, b, Unordered); break;
            case 13: code.Add(a, a, b); break;
            case 14: code.Srli(a, b, (uint)random.Next(64)); break;
            default: code.Xor(a, a, b); break;
        }
    }

    private static XRegister Pick(Random random) => Values[random.Next(Values.Length)];
}
