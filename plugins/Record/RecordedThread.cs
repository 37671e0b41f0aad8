using Emu.Plugins;

namespace StandardPlugins;

/// <summary>A vCPU as the recording has it: what it did and is not written yet, and how far it is in what is written.</summary>
internal sealed class RecordedThread(int index)
{
    /// <summary>The vCPU's index; -1 for what is translated, which is no vCPU's.</summary>
    public int Index => index;

    /// <summary>What is not written yet, by stamps.</summary>
    public Queue<RecordedEntry> Waiting { get; } = new();

    /// <summary>The stamp of the last entry that came.</summary>
    public ulong Last { get; set; }

    /// <summary>True while it executes no instruction: what comes of it next will have a stamp that nobody has yet.</summary>
    public bool IsOutside { get; set; }

    /// <summary>The block that it has entered last; 0 once it has gone on elsewhere.</summary>
    public int Block { get; set; }

    /// <summary>True while it is in a block that it has not completed.</summary>
    public bool IsInBlock { get; set; }

    /// <summary>The instruction that it has begun last.</summary>
    public int Begun { get; set; }

    /// <summary>True if it has come farther than the lines say.</summary>
    public bool IsAhead { get; set; }
}

/// <summary>Something that a vCPU did: a step, or the line of an event.</summary>
/// <param name="Stamp">Its place among all.</param>
/// <param name="Step">The step, if there is no line.</param>
/// <param name="Line">The line.</param>
/// <param name="IsWithin">The line does not end the block that the vCPU is in.</param>
internal readonly record struct RecordedEntry(ulong Stamp, Step Step, string? Line, bool IsWithin = false);
