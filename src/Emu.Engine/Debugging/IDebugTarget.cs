namespace Emu.Engine.Debugging;

/// <summary>A debugged program beyond its vCPUs: threads by the numbers of its operating system, memory, files. For the debugger's thread, while the vCPUs stand still.</summary>
public interface IDebugTarget
{
    /// <summary>The number of the process.</summary>
    int ProcessId { get; }

    /// <summary>The threads that have not ended, the oldest first.</summary>
    IReadOnlyList<DebugThread> Threads { get; }

    /// <summary>A thread's name.</summary>
    string NameOf(DebugThread thread);

    /// <summary>The <c>siginfo_t</c> of the signal that a thread has stopped for, or nothing.</summary>
    byte[] SignalInfoOf(DebugThread thread);

    /// <summary>The program's file, as the guest names it.</summary>
    byte[] ExecutablePath { get; }

    /// <summary>The auxiliary vector as it lies in the guest's memory.</summary>
    byte[] AuxiliaryVector { get; }

    /// <summary>Reads memory, whatever rights the guest has there; the bytes that could be read from the start on.</summary>
    int ReadMemory(ulong address, Span<byte> destination);

    /// <summary>Writes memory, whatever rights the guest has there; false if it is not mapped as a whole. Code that lies there is translated anew.</summary>
    bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source);

    /// <summary>Before a thread's registers are changed: a call that it is blocked in is broken and made again when the thread goes on. False if that is not possible.</summary>
    bool TryLeaveCall(DebugThread thread);

    /// <summary>Opens a file for reading, as the guest would find it: a descriptor, or minus errno.</summary>
    int OpenFile(ReadOnlySpan<byte> path);

    /// <summary>Reads from an open file: a number of bytes, or minus errno.</summary>
    int ReadFile(int descriptor, ulong offset, Span<byte> destination);

    /// <summary>Closes a file: 0, or minus errno.</summary>
    int CloseFile(int descriptor);

    /// <summary>What an open file is: 0, or minus errno.</summary>
    int DescribeFile(int descriptor, out DebugFileStatus status);

    /// <summary>Where a symbolic link leads, as the guest would find it: 0, or minus errno.</summary>
    int ReadLink(ReadOnlySpan<byte> path, out byte[] target);

    /// <summary>Ends the guest as SIGKILL would.</summary>
    void Kill();
}

/// <summary>A thread of a debugged program.</summary>
/// <param name="Id">Its number, the operating system's.</param>
/// <param name="VCpu">What runs it.</param>
/// <param name="SyscallLength">While it is in a system call, bytes of the instruction that made it, behind which the program counter is; else 0.</param>
public sealed record DebugThread(int Id, VCpuDebug VCpu, ulong SyscallLength);

/// <summary>What a debugger is told of a file, see stat(2).</summary>
public readonly record struct DebugFileStatus(ulong Device, ulong Inode, uint Mode, uint Links, uint User, uint Group, ulong Size, ulong BlockSize, ulong Blocks, long Modified);

/// <summary>Bytes from and to the debugger.</summary>
public interface IDebugConnection : IDisposable
{
    /// <summary>Waits for bytes: their number; 0 if there will be no more; -1 after <see cref="Wake"/>.</summary>
    int Receive(Span<byte> destination);

    /// <summary>Sends all bytes; false if nobody is there any more. One caller at a time.</summary>
    bool Send(ReadOnlySpan<byte> source);

    /// <summary>Has <see cref="Receive"/> return. Callable from any thread.</summary>
    void Wake();
}
