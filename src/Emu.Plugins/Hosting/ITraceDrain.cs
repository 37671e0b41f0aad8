namespace Emu.Plugins.Hosting;

/// <summary>What the engine keeps of a trace.</summary>
internal interface ITraceDrain
{
    /// <summary>Hands over what a vCPU's buffer holds, on its thread.</summary>
    /// <param name="state">The vCPU's state block.</param>
    void HandOver(nint state);

    /// <summary>The instructions that the trace's plugin was shown and the vCPU has begun.</summary>
    /// <param name="vcpu">The vCPU's index.</param>
    /// <exception cref="InvalidOperationException">No record asks for that number.</exception>
    ulong InstructionsOf(int vcpu);

    /// <summary>Takes a stamp for something that is no record.</summary>
    ulong TakeStamp();
}
