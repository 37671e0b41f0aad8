using Emu.Plugins.Hosting;

namespace Emu.Plugins.Tests.Machines;

/// <summary>A plugin whose every event and callback is what a test makes it.</summary>
[EmuPlugin("probe", "Does what a test says")]
public sealed partial class Probe : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit, IOnVCpuIdle, IOnVCpuResume, IOnFlush, IOnExit, IOnSyscall, IOnSyscallReturn,
    IOnSyscallFilter, IOnDiscontinuity, IOnMapChange, IOnModuleLoad, IOnFork, IOnExec, IOnReport
{
    public delegate void InstallHandler(Probe probe, in GuestInfo guest);

    public delegate void TranslateHandler(Probe probe, TranslationBlock block);

    public delegate void VCpuHandler(VCpu vcpu);

    public delegate void ExecHandler(VCpu vcpu, nint userData);

    public delegate void ReadingHandler(VCpu vcpu, Registers registers, nint userData);

    public delegate void ReadingAccessHandler(VCpu vcpu, Registers registers, MemoryAccess access);

    public delegate void ChangingHandler(VCpu vcpu, VCpuControl control, nint userData);

    public delegate void MemoryHandler(VCpu vcpu, MemoryAccess access, nint userData);

    public delegate void CallHandler(VCpu vcpu, SystemCall call);

    public delegate void ReturnHandler(SystemCall call, long result);

    public new Host Host => base.Host;

    public InstallHandler? Installing { get; init; }

    public TranslateHandler? Translating { get; set; }

    public VCpuHandler? Starting { get; set; }

    public VCpuHandler? Ending { get; set; }

    public VCpuHandler? Idling { get; set; }

    public VCpuHandler? Resuming { get; set; }

    public CallHandler? Calling { get; set; }

    public ReturnHandler? Returning { get; set; }

    /// <summary>The answer to a system call, or null to leave it to others.</summary>
    public Func<long?>? Answering { get; set; }

    public Action? Flushed { get; set; }

    public Action<ReportWriter>? Reporting { get; set; }

    public Action<ReportWriter>? Exiting { get; set; }

    public ExecHandler? Executing { get; set; }

    public MemoryHandler? Accessing { get; set; }

    /// <summary>As <see cref="Executing"/>, with the means to change the guest.</summary>
    public ChangingHandler? Changing { get; set; }

    /// <summary>As <see cref="Executing"/>, with the registers.</summary>
    public ReadingHandler? Reading { get; set; }

    /// <summary>As <see cref="Accessing"/>, with the registers.</summary>
    public ReadingAccessHandler? ReadingAtAccess { get; set; }

    /// <summary>Tells the body of the callback that was written by hand, or says that it must be called.</summary>
    public Func<bool>? Telling { get; init; }

    /// <summary>Counted by <see cref="CountedOn"/>.</summary>
    public Scoreboard<ulong>? Counts { get; set; }

    public override void Install(in GuestInfo guest) => Installing?.Invoke(this, guest);

    public void OnTranslate(TranslationBlock block) => Translating?.Invoke(this, block);

    public void OnVCpuInit(in VCpu vcpu) => Starting?.Invoke(vcpu);

    public void OnVCpuExit(in VCpu vcpu) => Ending?.Invoke(vcpu);

    public void OnVCpuIdle(in VCpu vcpu) => Idling?.Invoke(vcpu);

    public void OnVCpuResume(in VCpu vcpu) => Resuming?.Invoke(vcpu);

    public void OnSyscall(in VCpu vcpu, in SystemCall call) => Calling?.Invoke(vcpu, call);

    public void OnSyscallReturn(in VCpu vcpu, in SystemCall call, long result) => Returning?.Invoke(call, result);

    public bool OnSyscallFilter(in VCpu vcpu, in SystemCall call, out long result)
    {
        var answer = Answering?.Invoke();
        result = answer ?? 0;
        return answer is not null;
    }

    /// <summary>Called for what the operating system does to the process.</summary>
    public Action? Happening { get; set; }

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity) => Happening?.Invoke();

    public void OnMapChange(in VCpu vcpu, in MapChange change) => Happening?.Invoke();

    public void OnModuleLoad(in VCpu vcpu, Module module) => Happening?.Invoke();

    public void OnFork(in VCpu vcpu, in Fork fork) => Happening?.Invoke();

    public void OnExec(in VCpu vcpu, string path, IReadOnlyList<string> arguments) => Happening?.Invoke();

    public void OnFlush() => Flushed?.Invoke();

    public void OnReport(ReportWriter report) => Reporting?.Invoke(report);

    public void OnExit(ReportWriter report) => Exiting?.Invoke(report);

    /// <summary>As <see cref="EachInstruction"/>, and then at the block's entry, with -1.</summary>
    public static void EachInstructionThenEntry(Probe probe, TranslationBlock block)
    {
        EachInstruction(probe, block);
        block.OnExecute<Callbacks.Executed>(-1);
    }

    /// <summary>Asks for <see cref="Executing"/> at each instruction, with its number as user data.</summary>
    public static void EachInstruction(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnExecute<Callbacks.Executed>(insn.Index);
    }

    /// <summary>Asks for <see cref="Reading"/> at each instruction, with its number as user data.</summary>
    public static void ReadAtEachInstruction(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnExecute<Callbacks.ExecutedReading>(insn.Index);
    }

    /// <summary>Asks for <see cref="Reading"/> after each instruction, with its number as user data.</summary>
    public static void ReadAfterEachInstruction(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnComplete<Callbacks.ExecutedReading>(insn.Index);
    }

    /// <summary>Asks for <see cref="Changing"/> before or after an instruction.</summary>
    public static void ChangeAt(Instruction insn, bool isAfter)
    {
        if (isAfter)
            insn.OnComplete<Callbacks.ExecutedChanging>(insn.Index);
        else
            insn.OnExecute<Callbacks.ExecutedChanging>(insn.Index);
    }

    public static void ChangeOnMemory(Instruction insn) => insn.OnMemory<Callbacks.AccessedChanging>(AccessKind.ReadWrite);

    public static void ReadOnMemory(Instruction insn) => insn.OnMemory<Callbacks.AccessedReading>(AccessKind.ReadWrite);

    public static void OnExecute(Instruction insn, nint userData = 0) => insn.OnExecute<Callbacks.Executed>(userData);

    public static void OnExecute(TranslationBlock block, nint userData = 0) => block.OnExecute<Callbacks.Executed>(userData);

    public static void OnExecuteIf(Instruction insn, Condition condition, ScoreboardEntry entry, ulong immediate, nint userData = 0) =>
        insn.OnExecuteIf<Callbacks.Executed>(condition, entry, immediate, userData);

    public static void OnExecuteIf(TranslationBlock block, Condition condition, ScoreboardEntry entry, ulong immediate, nint userData = 0) =>
        block.OnExecuteIf<Callbacks.Executed>(condition, entry, immediate, userData);

    /// <summary>Asks for counting in <see cref="Counts"/> by a callback.</summary>
    public static void CountOn(Instruction insn) => insn.OnExecute<Callbacks.CountedOn>();

    public static void OnMemory(Instruction insn, AccessKind kind, nint userData = 0) => insn.OnMemory<Callbacks.Accessed>(kind, userData);

    /// <summary>Asks with a callback struct that was written by hand.</summary>
    public static void OnExecuteByHand(Instruction insn, nint userData) => insn.OnExecute<ByHand>(userData);

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint userData) => Executing!(vcpu, userData);

    [ExecCallback]
    private void ExecutedReading(in VCpu vcpu, Registers registers, nint userData) => Reading!(vcpu, registers, userData);

    [ExecCallback]
    private void ExecutedChanging(in VCpu vcpu, VCpuControl control, nint userData) => Changing!(vcpu, control, userData);

    [MemoryCallback]
    private void AccessedChanging(in VCpu vcpu, VCpuControl control, in MemoryAccess access, nint userData) => Changing!(vcpu, control, userData);

    [MemoryCallback]
    private void AccessedReading(in VCpu vcpu, Registers registers, in MemoryAccess access, nint userData) => ReadingAtAccess!(vcpu, registers, access);

    [ExecCallback]
    private void CountedOn(in VCpu vcpu, nint userData) => Counts![vcpu]++;

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint userData) => Accessing!(vcpu, access, userData);

    private readonly struct ByHand : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData) => ((Probe)self).Executing!(vcpu, userData);

        public static bool Lower(Plugin self, CallbackBody body, nint userData) => ((Probe)self).Telling?.Invoke() ?? false;
    }
}
