namespace Emu.Ir;

/// <summary>A block breaks a rule of the IR; the message names the rule and the instruction.</summary>
public sealed class InvalidIrException(string message) : Exception(message);
