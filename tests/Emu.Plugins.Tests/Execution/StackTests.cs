using System.Runtime.CompilerServices;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

public class StackTests
{
    /// <summary>
    /// Handlers tail-call each other. A callback that is compiled into one must not take that from it, whatever its author does: after a chain of many thousand
    /// callbacks the stack is where it was.
    /// </summary>
    [Test]
    [Arguments(StackProbe.Kind.Counts)]
    [Arguments(StackProbe.Kind.TakesAnAddress)]
    [Arguments(StackProbe.Kind.UsesASpan)]
    [Arguments(StackProbe.Kind.Formats)]
    [Arguments(StackProbe.Kind.ReadsThePc)]
    [Arguments(StackProbe.Kind.LooksAtAccesses)]
    public async Task Callbacks_leave_the_stack_flat(StackProbe.Kind kind)
    {
        using var machine = new TestMachine(Programs.Loop(20_000), new());
        var probe = machine.Install(new StackProbe { Which = kind });
        machine.Run();
        await Assert.That(probe.Calls).IsEqualTo(20_000);
        await Assert.That(probe.Highest - probe.Lowest).IsEqualTo(0UL);
    }
}

/// <summary>Callbacks of many shapes on the branch of a loop, followed by one that notes how high the stack is.</summary>
[EmuPlugin("stack", "Notes how high the stack is")]
public sealed partial class StackProbe : Plugin, IOnTranslate
{
    public enum Kind
    {
        Counts,
        TakesAnAddress,
        UsesASpan,
        Formats,
        ReadsThePc,
        LooksAtAccesses,
    }

    private ulong _sum;

    public Kind Which { get; init; }

    public int Calls { get; private set; }

    public ulong Lowest { get; private set; } = ulong.MaxValue;

    public ulong Highest { get; private set; }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            if (insn.Class != "branch")
                continue;
            Ask(insn);
            insn.OnExecute<Callbacks.NoteHeight>();
        }
    }

    private void Ask(Instruction insn)
    {
        switch (Which)
        {
            case Kind.Counts: insn.OnExecute<Callbacks.Count>(); break;
            case Kind.TakesAnAddress: insn.OnExecute<Callbacks.TakeAnAddress>(); break;
            case Kind.UsesASpan: insn.OnExecute<Callbacks.UseASpan>(); break;
            case Kind.Formats: insn.OnExecute<Callbacks.Format>(); break;
            case Kind.ReadsThePc: insn.OnExecute<Callbacks.ReadThePc>(); break;
            case Kind.LooksAtAccesses: insn.OnMemory<Callbacks.LookAtAccess>(AccessKind.ReadWrite); break;
        }
    }

    [ExecCallback]
    private void Count(in VCpu vcpu, nint userData)
    {
        if (vcpu.Index == 0 && _sum < ulong.MaxValue)
            _sum += (ulong)userData;
    }

    [ExecCallback]
    private void TakeAnAddress(in VCpu vcpu, nint userData)
    {
        var local = 1;
        AddTo(ref local, userData);
        _sum += (ulong)local;
    }

    [ExecCallback]
    private void UseASpan(in VCpu vcpu, nint userData)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes[(int)userData] = 1;
        _sum += bytes[0];
    }

    [ExecCallback]
    private void Format(in VCpu vcpu, nint userData) => _sum += (ulong)$"{userData} {vcpu.Index}".Length;

    [ExecCallback]
    private void ReadThePc(in VCpu vcpu, nint userData) => _sum += vcpu.ProgramCounter;

    [MemoryCallback]
    private void LookAtAccess(in VCpu vcpu, in MemoryAccess access, nint userData) => _sum += access.Value + access.Address;

    [ExecCallback]
    private void NoteHeight(in VCpu vcpu, nint userData) => Note();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTo(ref int sum, nint amount) => sum += (int)amount;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void Note()
    {
        int here;
        var height = (ulong)&here;
        Calls++;
        Lowest = Math.Min(Lowest, height);
        Highest = Math.Max(Highest, height);
    }
}
