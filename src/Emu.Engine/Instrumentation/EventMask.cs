namespace Emu.Engine.Instrumentation;

/// <summary>Event classes that somebody listens to. Part of every block's key.</summary>
[Flags]
public enum EventMask : uint
{
    /// <summary>Nobody listens.</summary>
    None = 0,
    /// <summary>Blocks are shown to plugins when they are translated.</summary>
    Translation = 1,
    /// <summary>System calls are reported.</summary>
    Syscall = 2,
    /// <summary>No event: the key of blocks that are one instruction of a vCPU that the debugger steps.</summary>
    SingleStep = 1u << 31,
}

/// <summary>A set of event classes as a type: code that is generic over it is compiled once per set, and what nobody listens to is not compiled in.</summary>
public interface IEventMask
{
    /// <summary>The set as a value.</summary>
    static abstract EventMask Value { get; }
}

/// <summary>Nobody listens.</summary>
public readonly struct NoEvents : IEventMask
{
    /// <inheritdoc/>
    public static EventMask Value => EventMask.None;
}

/// <summary>Translation only: the common case of an instrumented run.</summary>
public readonly struct TranslationEvents : IEventMask
{
    /// <inheritdoc/>
    public static EventMask Value => EventMask.Translation;
}

/// <summary>System calls only.</summary>
public readonly struct SyscallEvents : IEventMask
{
    /// <inheritdoc/>
    public static EventMask Value => EventMask.Syscall;
}

/// <summary>Translation and system calls.</summary>
public readonly struct AllEvents : IEventMask
{
    /// <inheritdoc/>
    public static EventMask Value => EventMask.Translation | EventMask.Syscall;
}
