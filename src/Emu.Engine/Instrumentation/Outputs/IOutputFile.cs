namespace Emu.Engine.Instrumentation.Outputs;

/// <summary>Where a plugin's output ends: a file of the host, which whoever starts the guest provides. Calls come one at a time.</summary>
public interface IOutputFile
{
    /// <summary>Writes whole records. Nothing is thrown: what cannot be written is told to the user once.</summary>
    void Write(ReadOnlySpan<byte> records);

    /// <summary>Takes away all that was written, where that can be done.</summary>
    void Restart();
}
