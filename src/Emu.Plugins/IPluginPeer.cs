namespace Emu.Plugins;

/// <summary>
/// A connection with a plugin of another emulator, made by <see cref="Host.ConnectPeer"/>. The guest does not see it. Used by one thread at a time; what waits keeps its vCPU where it is.
/// </summary>
public interface IPluginPeer
{
    /// <summary>Sends all of the bytes; false if the other side has gone, or has not taken them in time.</summary>
    bool Send(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for so many bytes; false if the other side has gone, or has not sent them in time.</summary>
    bool Receive(Span<byte> bytes);

    /// <summary>Ends the connection; in a child that the guest has forked for the child alone. A second time it does nothing.</summary>
    void Close();
}
