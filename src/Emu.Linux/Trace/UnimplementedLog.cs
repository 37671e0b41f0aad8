using Emu.Linux.Calls;

namespace Emu.Linux.Trace;

/// <summary>Names what the guest asked for and this build does not have, each thing once, for <c>-d unimp</c>. Thread-safe.</summary>
internal sealed class UnimplementedLog(TextWriter? writer)
{
    private readonly HashSet<string> _named = [];

    /// <summary>A system call that nobody answers.</summary>
    public void Syscall(ulong number)
    {
        if (writer is not null)
            Say($"unimplemented system call {number} ({SyscallNames.Of(number) ?? "no name"})");
    }

    /// <summary>Anything else.</summary>
    public void Say(string what)
    {
        if (writer is null)
            return;
        lock (_named)
        {
            if (!_named.Add(what))
                return;
            writer.WriteLine(what);
            writer.Flush();
        }
    }
}
