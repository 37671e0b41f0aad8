namespace Emu.Ir;

/// <summary>How a conditional hook compares its scoreboard entry with <see cref="IrHook.Immediate"/> (unsigned).</summary>
public enum IrHookCondition : byte
{
    /// <summary>Always true: a plain hook.</summary>
    Always,
    /// <summary>entry == immediate</summary>
    Equal,
    /// <summary>entry != immediate</summary>
    NotEqual,
    /// <summary>entry &lt; immediate</summary>
    Less,
    /// <summary>entry &lt;= immediate</summary>
    LessOrEqual,
    /// <summary>entry &gt; immediate</summary>
    Greater,
    /// <summary>entry &gt;= immediate</summary>
    GreaterOrEqual,
}

/// <summary>What a callback does with the guest's registers, the block's globals.</summary>
public enum IrGlobalUse : byte
{
    /// <summary>Nothing: they need not be in the state block while it runs.</summary>
    None,
    /// <summary>It reads them.</summary>
    Read,
    /// <summary>It may change them, and have the block left: <c>VCpuState.Jumps</c> of the engine.</summary>
    Write,
}

/// <summary>What an instrumentation op does, kept beside the block because it does not fit an instruction.</summary>
public struct IrHook
{
    /// <summary>The callback's number, given when the callbacks were bound to the backend; -1 for an inline operation.</summary>
    public int Callback;

    /// <summary>GC handle of the plugin that asked, valid as long as the translated block is.</summary>
    public nint Plugin;

    /// <summary>The plugin's own value, passed to the callback unchanged.</summary>
    public nint UserData;

    /// <summary>What the callback does with globals.</summary>
    public IrGlobalUse Globals;

    /// <summary>Comparison for <see cref="IrOp.PluginCondExec"/>.</summary>
    public IrHookCondition Condition;

    /// <summary>Host address of vCPU 0's scoreboard entry, for conditions and inline operations.</summary>
    public nint Entry;

    /// <summary>Bytes from one vCPU's scoreboard entry to the next one's.</summary>
    public int Stride;

    /// <summary>What is compared, added or stored; for <see cref="IrOp.TraceAppend"/> the access's bytes and, from bit 8 on, its kind.</summary>
    public ulong Immediate;

    /// <summary>For <see cref="IrOp.TraceAppend"/>: what is appended, and where.</summary>
    public IrTrace? Trace;

    /// <summary>For <see cref="IrOp.PluginMem"/> and <see cref="IrOp.TraceAppend"/>: what is added to operand a to give the address of the access.</summary>
    public long Displacement;

    /// <summary>For inline operations tied to memory accesses and for printing: the name of the plugin.</summary>
    public string? Owner;
}
