using System.Globalization;
using Emu.Linux.Calls;
using Emu.Linux.Host;

namespace Emu.Linux.Trace;

/// <summary>Writes one line per system call, for <c>--strace</c>. Thread-safe: lines of different threads do not mix.</summary>
internal sealed class SyscallTrace(TextWriter writer)
{
    private readonly Lock _gate = new();

    public TraceLine Begin(string? name, SysResult result) => new(name ?? "", result.Value);

    public void End(TraceLine line, SysResult result, SyscallReturns returns) => Write(line.End(Text(result, returns)));

    /// <summary>Writes a line that is no call, such as a signal.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private static string Text(SysResult result, SyscallReturns returns)
    {
        if (returns == SyscallReturns.Never)
            return "?";
        if (result.IsError)
            return $"-1 {Enum.GetName(result.Error) ?? result.Error.ToString()} ({HostErrors.Text((int)result.Error)})";
        return returns switch
        {
            SyscallReturns.Address => string.Create(CultureInfo.InvariantCulture, $"0x{result.Value:x}"),
            SyscallReturns.Octal => result.Value == 0 ? "0" : "0" + Convert.ToString(result.Value, 8),
            _ => result.Value.ToString(CultureInfo.InvariantCulture),
        };
    }
}
