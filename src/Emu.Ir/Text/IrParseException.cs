namespace Emu.Ir.Text;

/// <summary>The text is not IR; the message names the place.</summary>
/// <param name="reason">What is wrong.</param>
/// <param name="line">Line, from 1.</param>
/// <param name="column">Column, from 1.</param>
public sealed class IrParseException(string reason, int line, int column) : FormatException($"line {line}, column {column}: {reason}")
{
    /// <summary>Line, from 1.</summary>
    public int Line => line;

    /// <summary>Column, from 1.</summary>
    public int Column => column;
}
