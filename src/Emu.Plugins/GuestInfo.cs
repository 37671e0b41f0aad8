namespace Emu.Plugins;

/// <summary>What a plugin is told about the guest when it is installed.</summary>
public readonly record struct GuestInfo
{
    /// <summary>Makes an empty description; every text is empty, every number 0.</summary>
    public GuestInfo()
    {
    }

    /// <summary>The guest architecture, by its usual name: <c>riscv64</c>.</summary>
    public string TargetName { get; init; } = "";

    /// <summary>The classes that the guest's instructions are divided into, by <see cref="Instruction.Class"/>, each with a description.</summary>
    public IReadOnlyList<(string Name, string Summary)> InstructionClasses { get; init; } = [];

    /// <summary>The version of the contract that the engine implements; see <see cref="PluginApi"/>.</summary>
    public int ApiVersion { get; init; } = PluginApi.Version;

    /// <summary>The oldest version of the contract that the engine still accepts.</summary>
    public int MinApiVersion { get; init; } = PluginApi.MinVersion;

    /// <summary>True for a full machine, false for one program.</summary>
    public bool IsSystem { get; init; }

    /// <summary>
    /// True in the process that was started first, whichever programs it executes one after the other; false in a program that a forked child executes. A plugin whose file is whole in
    /// itself, with a head or a table, leaves it to that process unless the file's name has <c>%p</c>.
    /// </summary>
    public bool IsFirstProcess { get; init; } = true;

    /// <summary>vCPUs at start.</summary>
    public int VCpus { get; init; }

    /// <summary>The most vCPUs there can be; 0 if there is no limit, as for a program that may start any number of threads.</summary>
    public int MaxVCpus { get; init; }

    /// <summary>The program's file on the host; empty for a full machine.</summary>
    public string ProgramPath { get; init; } = "";

    /// <summary>Guest address of the first byte of the program's code; 0 for a full machine.</summary>
    public ulong StartCode { get; init; }

    /// <summary>Guest address after the last byte of the program's code; 0 for a full machine.</summary>
    public ulong EndCode { get; init; }

    /// <summary>Guest address of the program's first instruction; 0 for a full machine.</summary>
    public ulong EntryCode { get; init; }
}
