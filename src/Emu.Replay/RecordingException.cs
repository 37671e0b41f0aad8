namespace Emu.Replay;

/// <summary>A recording cannot be read or makes no sense: one line that names it, the line in it, and what is wrong.</summary>
public sealed class RecordingException(string message) : Exception(message);
