namespace Emu.Plugins;

/// <summary>The events that a plugin can subscribe to; each is named as its interface, without <c>IOn</c>.</summary>
[Flags]
public enum PluginEvents
{
    /// <summary>No event.</summary>
    None = 0,
    /// <summary><see cref="IOnVCpuInit"/></summary>
    VCpuInit = 1,
    /// <summary><see cref="IOnVCpuExit"/></summary>
    VCpuExit = 2,
    /// <summary><see cref="IOnVCpuIdle"/></summary>
    VCpuIdle = 4,
    /// <summary><see cref="IOnVCpuResume"/></summary>
    VCpuResume = 8,
    /// <summary><see cref="IOnTranslate"/>, and through it execution and memory callbacks.</summary>
    Translate = 16,
    /// <summary><see cref="IOnFlush"/></summary>
    Flush = 32,
    /// <summary><see cref="IOnExit"/></summary>
    Exit = 64,
    /// <summary><see cref="IOnSyscall"/></summary>
    Syscall = 128,
    /// <summary><see cref="IOnSyscallReturn"/></summary>
    SyscallReturn = 256,
    /// <summary><see cref="IOnSyscallFilter"/></summary>
    SyscallFilter = 512,
    /// <summary><see cref="IOnDiscontinuity"/></summary>
    Discontinuity = 1024,
    /// <summary><see cref="IOnMapChange"/></summary>
    MapChange = 2048,
    /// <summary><see cref="IOnModuleLoad"/></summary>
    ModuleLoad = 4096,
    /// <summary><see cref="IOnFork"/></summary>
    Fork = 8192,
    /// <summary><see cref="IOnExec"/></summary>
    Exec = 16384,
    /// <summary><see cref="IOnReport"/></summary>
    Report = 32768,
    /// <summary>Every event.</summary>
    All = 65535,
}
