namespace Emu.Plugins;

/// <summary>A copy of the guest's process, as one of the two sees it.</summary>
/// <param name="IsChild">True in the new process.</param>
/// <param name="ProcessId">The number of the child, as the guest's operating system counts.</param>
/// <param name="SharesMemory">The child runs in its parent's memory, plugins included, until it executes a program or ends; the parent waits meanwhile.</param>
public readonly record struct Fork(bool IsChild, int ProcessId, bool SharesMemory);
