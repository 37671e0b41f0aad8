using Emu.Plugins;

namespace StandardPlugins;

/// <summary>A call, return or jump, as translated code notes it.</summary>
[TraceRecord]
internal partial struct StackRecord
{
    /// <summary>Where the program goes.</summary>
    [Traced(TraceValue.Address)] public ulong Target;

    /// <summary>The stack pointer then.</summary>
    [Traced(TraceValue.Value)] public ulong StackPointer;

    /// <summary>What the vCPU has executed, the instruction included.</summary>
    [Traced(TraceValue.InstructionCount)] public ulong Executed;

    /// <summary>The number of the instruction's <see cref="StackSite"/>.</summary>
    [Traced(TraceValue.UserData)] public nint Site;
}
