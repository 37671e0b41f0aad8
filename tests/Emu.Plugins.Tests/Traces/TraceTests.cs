using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Traces;

/// <summary>Traces tell what callbacks are told, in the same order, and nothing is lost.</summary>
public class TraceTests
{
    private const int Programs = 25;

    [Test]
    [Arguments("threaded", PassSet.All)]
    [Arguments("threaded", PassSet.None)]
    [Arguments("x64", PassSet.All)]
    [Arguments("x64", PassSet.None)]
    public async Task E2_a_trace_tells_what_callbacks_are_told_on_random_programs(string backend, PassSet passes)
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var random = new Random(seed);
            using var machine = Machine(backend, code => RandomProgram.Assemble(code, random), passes);
            var tracer = machine.Install(new Tracer { Capacity = random.Next(1, 100) });
            machine.Run(vcpu => RandomProgram.Fill(vcpu, random));
            await Assert.That(machine.Log).IsEmpty();
            await Assert.That(tracer.Traced.Count).IsGreaterThan(20 * 40);
            await Assert.That(string.Join('\n', tracer.Traced)).IsEqualTo(string.Join('\n', tracer.Called)).Because($"seed {seed}");
            await Assert.That(tracer.Stamps.SequenceEqual(Enumerable.Range(0, tracer.Stamps.Count).Select(i => (ulong)i))).IsTrue();
        }
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E2_only_the_accesses_that_were_asked_for_are_in_it(string backend)
    {
        var random = new Random(7);
        using var machine = Machine(backend, code => RandomProgram.Assemble(code, random));
        var tracer = machine.Install(new Tracer { All = false, Kind = AccessKind.Write });
        machine.Run();
        await Assert.That(tracer.Traced).IsNotEmpty();
        await Assert.That(tracer.Traced).IsEquivalentTo(tracer.Called, CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("threaded", 1)]
    [Arguments("threaded", 4)]
    [Arguments("x64", 1)]
    [Arguments("x64", 4)]
    public async Task E2_a_full_buffer_is_handed_over_at_once_on_the_vCPUs_thread_and_the_rest_before_its_exit_event(string backend, int capacity)
    {
        using var machine = Machine(backend, TenStores);
        var threads = new List<int>();
        var tracer = machine.Install(new Tracer { All = false, Capacity = capacity, Consuming = (_, _) => threads.Add(Environment.CurrentManagedThreadId) });
        machine.Run();
        await Assert.That(tracer.Lengths).IsEquivalentTo(capacity == 1 ? Enumerable.Repeat(1, 10) : [4, 4, 2], CollectionOrdering.Matching);
        await Assert.That(threads.Distinct()).HasSingleItem();
        await Assert.That(tracer.TracedAtEnd).IsEquivalentTo([10], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E2_records_of_all_vCPUs_come_each_in_order_and_stamps_are_one_order(string backend)
    {
        const int vcpus = 4;
        using var machine = Machine(backend, code => TenStores(code, rounds: 500));
        var byVCpu = new Dictionary<VCpuId, int>();
        var tracer = machine.Install(new Tracer
        {
            All = false,
            Consuming = (vcpu, count) =>
            {
                lock (byVCpu)
                    byVCpu[vcpu] = byVCpu.GetValueOrDefault(vcpu) + count;
            },
        });
        await Task.WhenAll(Enumerable.Range(0, vcpus).Select(_ => machine.Start()));
        await Assert.That(byVCpu.Count).IsEqualTo(vcpus);
        await Assert.That(byVCpu.Values.Distinct()).IsEquivalentTo([5000]);
        await Assert.That(tracer.Stamps.Order().SequenceEqual(Enumerable.Range(0, vcpus * 5000).Select(i => (ulong)i))).IsTrue();
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E2_the_end_of_the_guest_hands_over_what_vCPUs_that_are_alive_have_recorded(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            TenStores(code);
            code.Addi(XRegister.A7, XRegister.Zero, 1);
            code.Ecall();
        });
        var tracer = machine.Install(new Tracer { All = false });
        var atExit = 0;
        machine.System.Syscall = (_, _) =>
        {
            machine.Exit();
            atExit = tracer.Traced.Count;
        };
        machine.Run();
        await Assert.That(atExit).IsEqualTo(10);
        await Assert.That(tracer.TracedAtEnd).IsEquivalentTo([10], CollectionOrdering.Matching);
        await Assert.That(tracer.Traced.Count).IsEqualTo(10);
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E2_a_consumer_that_throws_disables_its_plugin_with_one_message_and_the_guest_goes_on(string backend)
    {
        using var machine = Machine(backend, TenStores);
        var tracer = machine.Install(new Tracer { All = false, Capacity = 2, Consuming = (_, _) => throw new InvalidDataException("no more") });
        machine.Run();
        await Assert.That(machine.Log).IsEquivalentTo(["emu: plugin 'tracer' failed and is disabled: InvalidDataException: no more"]);
        await Assert.That(tracer.Traced).IsEmpty();
        await Assert.That(machine.Memory.TryRead(TestMachine.Data + 72, out ulong last) && last == 10).IsTrue();
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E2_before_uninstalling_is_done_all_records_have_come(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            TenStores(code);
            code.Addi(XRegister.A7, XRegister.Zero, 1);
            code.Ecall();
            TenStores(code);
        });
        var tracer = machine.Install(new Tracer { All = false, Capacity = 100 });
        var whenDone = -1;
        machine.System.Syscall = (_, _) => tracer.Host.Uninstall(() => whenDone = tracer.Traced.Count);
        machine.Run();
        await Assert.That(whenDone).IsEqualTo(10);
        await Assert.That(tracer.Traced.Count).IsEqualTo(10);
    }

    [Test]
    public async Task E2_what_cannot_be_a_trace_is_refused_where_it_is_made()
    {
        using var machine = new TestMachine();
        Host host = null!;
        machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => host = self.Host });
        await Assert.That(() => host.NewTraceBuffer<Tracer.Record>(0, static (_, _) => { })).Throws<ArgumentOutOfRangeException>();
        await Assert.That(() => host.NewTraceBuffer<Tracer.Record>(int.MaxValue, static (_, _) => { })).Throws<ArgumentOutOfRangeException>();
        await Assert.That(() => host.NewTraceBuffer<TooLong>(1, static (_, _) => { })).Throws<ArgumentException>().WithMessageContaining("72 bytes");
        await Assert.That(() => host.NewTraceBuffer<Overlapping>(1, static (_, _) => { })).Throws<ArgumentException>().WithMessageContaining("Address");
        await Assert.That(() => host.NewTraceBuffer<Twice>(1, static (_, _) => { })).Throws<ArgumentException>().WithMessageContaining("two fields");
        for (var i = 0; i < 16; i++)
            host.NewTraceBuffer<Tracer.Record>(1, static (_, _) => { });
        await Assert.That(() => host.NewTraceBuffer<Tracer.Record>(1, static (_, _) => { })).Throws<InvalidOperationException>().WithMessageContaining("16");
    }

    private static TestMachine Machine(string backend, Action<Assembler> program, PassSet passes = PassSet.All) =>
        new(program, new TranslationOptions { Verify = true, Passes = passes }, (guest, memory) => New(backend, guest, memory));

    private static IBackend New(string name, RiscVGuest guest, GuestMemory memory) => name == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(guest.StateSize);

    private static void TenStores(Assembler code) => TenStores(code, rounds: 1);

    private static void TenStores(Assembler code, int rounds)
    {
        var top = new Label();
        code.Addi(XRegister.T1, XRegister.Zero, rounds);
        code.Place(top);
        for (var i = 0; i < 10; i++)
        {
            code.Addi(XRegister.T0, XRegister.Zero, i + 1);
            code.Sd(XRegister.T0, XRegister.S0, 8 * i);
        }

        code.Addi(XRegister.T1, XRegister.T1, -1);
        code.Bne(XRegister.T1, XRegister.Zero, top);
    }

    [System.Runtime.CompilerServices.InlineArray(9)]
    private struct TooLong : ITraceRecord
    {
        private ulong _word;

        public static IReadOnlyList<TraceField> Fields => [];
    }

    [System.Runtime.CompilerServices.InlineArray(1)]
    private struct Twice : ITraceRecord
    {
        private ulong _word;

        public static IReadOnlyList<TraceField> Fields => [new(TraceValue.Size, 0, 1), new(TraceValue.Size, 1, 1)];
    }

    [System.Runtime.CompilerServices.InlineArray(1)]
    private struct Overlapping : ITraceRecord
    {
        private ulong _word;

        public static IReadOnlyList<TraceField> Fields => [new(TraceValue.Value, 0, 8), new(TraceValue.Address, 4, 4)];
    }
}
