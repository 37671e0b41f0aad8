namespace Emu.Plugins;

/// <summary>What a field of a trace's record holds. A field shorter than its value gets the value's low bytes.</summary>
public enum TraceValue
{
    /// <summary>Guest address of the instruction.</summary>
    ProgramCounter,
    /// <summary>Guest address of the access's first byte; of an edge its target; 0 in a record that is for neither.</summary>
    Address,
    /// <summary>What was loaded or stored, zero-extended; of an edge the guest's stack pointer; 0 in a record that is for neither.</summary>
    Value,
    /// <summary>Bytes accessed, 1, 2, 4 or 8; of an edge 8; 0 in a record that is for neither.</summary>
    Size,
    /// <summary><see cref="AccessKind.Read"/> or <see cref="AccessKind.Write"/>; of an edge <see cref="EdgeKind.Taken"/> or <see cref="EdgeKind.FallThrough"/>; 0 in a record that is for neither.</summary>
    Kind,
    /// <summary>What the plugin gave when it asked for the record.</summary>
    UserData,
    /// <summary>How many of the instructions that the plugin is shown this vCPU has begun: at an instruction this one included, at the entry of a block none of its. To count costs a little at every instruction.</summary>
    InstructionCount,
    /// <summary>
    /// A number from 0 that grows by one with each record of all vCPUs, and with each <see cref="TraceBuffer.TakeStamp"/>: it puts the records of several vCPUs in one order. What a vCPU did before it let another one go on has lower
    /// numbers than what that one did afterwards. Several times the cost of all other fields.
    /// </summary>
    Stamp,
}
