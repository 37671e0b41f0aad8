using System.Globalization;

namespace Emu.Plugins.Testing;

/// <summary>A vCPU of a <see cref="RecordingBuilder"/>: each call adds a line, so what several vCPUs do is in the order of the calls.</summary>
public readonly struct RecordedVCpu
{
    private readonly RecordingBuilder _recording;
    private readonly int _index;

    internal RecordedVCpu(RecordingBuilder recording, int index) => (_recording, _index) = (recording, index);

    /// <summary>It starts, before it does anything else.</summary>
    /// <param name="threadId">The number of its thread, which no other has.</param>
    /// <param name="pc">Guest address of its first instruction.</param>
    public RecordedVCpu Start(long threadId, ulong pc = 0) => Line($"start {threadId} 0x{pc:x}");

    /// <summary>It has a value in a register from now on, until told otherwise; before <see cref="Start"/> if plugins are to find it when it starts.</summary>
    public RecordedVCpu Register(string name, ulong value) => Line($"reg {name} 0x{value:x}");

    /// <summary>It enters a block, after all of the last one, and executes all of it unless another line says how far it comes.</summary>
    public RecordedVCpu Enter(int block) => Line($"enter {block}");

    /// <summary>It has begun that instruction of its block, and completed those before it, when the next line happens to another vCPU.</summary>
    public RecordedVCpu At(int instruction) => Line($"at {instruction}");

    /// <summary>It has completed its block when the next line happens to another vCPU.</summary>
    public RecordedVCpu Done() => Line("done");

    /// <summary>It leaves its block in that instruction, which it has begun and does not complete.</summary>
    public RecordedVCpu Cut(int instruction) => Line($"cut {instruction}");

    /// <summary>An instruction of its block loads.</summary>
    /// <param name="instruction">Its number in the block, from 0.</param>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">1, 2, 4 or 8 bytes.</param>
    /// <param name="value">What is loaded, zero-extended.</param>
    public RecordedVCpu Load(int instruction, ulong address, int size, ulong value) => Line($"load {instruction} 0x{address:x} {size} 0x{value:x}");

    /// <summary>An instruction of its block stores; parameters as for <see cref="Load"/>.</summary>
    /// <inheritdoc cref="Load"/>
    public RecordedVCpu Store(int instruction, ulong address, int size, ulong value) => Line($"store {instruction} 0x{address:x} {size} 0x{value:x}");

    /// <summary>A branch, jump, call or return of its block completes and sends the program elsewhere.</summary>
    /// <param name="instruction">Its number in the block, from 0.</param>
    /// <param name="target">Guest address of what comes next.</param>
    /// <param name="stackPointer">The stack pointer at that time.</param>
    public RecordedVCpu Taken(int instruction, ulong target, ulong stackPointer = 0) => Line($"taken {instruction} 0x{target:x} 0x{stackPointer:x}");

    /// <summary>A branch of its block is not taken; parameters as for <see cref="Taken"/>.</summary>
    /// <inheritdoc cref="Taken"/>
    public RecordedVCpu Passed(int instruction, ulong target, ulong stackPointer = 0) => Line($"passed {instruction} 0x{target:x} 0x{stackPointer:x}");

    /// <summary>It makes a system call.</summary>
    /// <param name="number">The call's number on the guest's architecture.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What is in the argument registers.</param>
    public RecordedVCpu Syscall(long number, string name, params ReadOnlySpan<ulong> arguments)
    {
        var line = $"syscall {number} {name}";
        foreach (var argument in arguments)
            line += string.Create(CultureInfo.InvariantCulture, $" 0x{argument:x}");
        return Line(line);
    }

    /// <summary>Its system call comes back.</summary>
    /// <param name="value">A number, or minus an error number.</param>
    public RecordedVCpu Result(long value) => Line($"result {value}");

    /// <summary>It ends.</summary>
    public RecordedVCpu Exit() => Line("exit");

    /// <summary>Anything else that may stand behind the number of a vCPU.</summary>
    public RecordedVCpu Line(string what)
    {
        _recording.Line(string.Create(CultureInfo.InvariantCulture, $"{_index} {what}"));
        return this;
    }
}
