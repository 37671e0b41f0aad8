using Emu.Engine.Instrumentation.Blocks;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>A block of a recording: its instructions, and what plugins have asked for in it since code was dropped last.</summary>
public sealed class RecordedBlock
{
    private readonly RecordedInstruction[] _instructions;
    private HookList.Pending[][] _hooks = [];

    internal RecordedBlock(RecordedInstruction[] instructions) => _instructions = instructions;

    /// <summary>The instructions, at least one.</summary>
    public IReadOnlyList<RecordedInstruction> Instructions => _instructions;

    /// <summary>True once plugins were asked and code was not dropped since.</summary>
    internal bool IsAsked(int generation) => Generation == generation;

    /// <summary>When plugins were asked last.</summary>
    internal int Generation { get; private set; } = -1;

    /// <summary>What plugins want at an instruction, or at the block's entry (<see cref="HookRequest.Block"/>), in that order.</summary>
    internal HookList.Pending[] HooksAt(int point) => _hooks.Length == 0 ? [] : _hooks[point - HookRequest.Block];

    /// <summary>Takes what plugins have asked for; null for nothing.</summary>
    internal void Take(HookList? hooks, int generation)
    {
        Generation = generation;
        _hooks = hooks is null ? [] : new HookList.Pending[_instructions.Length - HookRequest.Block][];
        for (var point = HookRequest.Block; hooks is not null && point < _instructions.Length; point++)
        {
            var found = new List<HookList.Pending>();
            for (var i = hooks.FirstAt(point); i >= 0; i = hooks.NextOf(i))
                found.Add(hooks[i]);
            _hooks[point - HookRequest.Block] = [.. found];
        }
    }
}

/// <summary>An instruction of a <see cref="RecordedBlock"/>.</summary>
/// <param name="Address">Guest address.</param>
/// <param name="Bytes">Its bytes in memory order.</param>
public sealed record RecordedInstruction(ulong Address, byte[] Bytes)
{
    /// <summary>Guest address behind it.</summary>
    public ulong End => Address + (ulong)Bytes.Length;

    /// <summary>True if what it loads is sign-extended.</summary>
    internal bool LoadsSigned { get; init; }
}
