namespace Emu.Plugins;

/// <summary>
/// A file that a plugin writes while the guest runs, or the log; made by <see cref="Host.OpenOutput"/>. Each vCPU has a buffer of its own, so writing takes no lock; what one
/// vCPU writes stays in order, and a record, which is what one call writes, stays in one piece.
/// </summary>
/// <remarks>
/// What is buffered is written when there is enough of it, and at every end that the guest can come to: exit, <c>exit_group</c>, a deadly signal, another program executed; before the guest
/// forks, so that the child has none of it; and to the log before each system call. If it cannot be written, because the disk is full or the reader of a pipe has gone, one line says so,
/// the file ends with a whole record, and the guest goes on.
/// </remarks>
public abstract class PluginOutput
{
    internal PluginOutput()
    {
    }

    /// <summary>Writes a record from a callback or event of that vCPU, on its thread.</summary>
    /// <param name="vcpu">The vCPU that the callback or event comes from.</param>
    /// <param name="record">Text in UTF-8 or bytes; a text brings its line ends.</param>
    public abstract void Write(in VCpu vcpu, ReadOnlySpan<byte> record);

    /// <summary>Writes a record at once, from an event of no vCPU, such as the exit event, where it stands behind all that vCPUs have written, or from the consumer of a trace.</summary>
    public abstract void Write(ReadOnlySpan<byte> record);

    /// <summary>
    /// Empties the file, for one that is whole in itself and written at the end: gone is what was written so far, by the program that executed this one, too. Pipes, devices and the log keep
    /// what they were given.
    /// </summary>
    public abstract void Restart();
}
