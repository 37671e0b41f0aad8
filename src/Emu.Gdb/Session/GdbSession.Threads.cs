using System.Globalization;
using System.Text;
using Emu.Engine.Debugging;
using Emu.Gdb.Packets;
using ZLinq;

namespace Emu.Gdb.Session;

// Threads and how packets name them: by number, or as pPROCESS.THREAD once GDB has said that it knows processes; 0 means any, -1 all.
public sealed partial class GdbSession
{
    private const int Any = 0;
    private const int All = -1;

    /// <summary>What registers and memory are read of.</summary>
    private int _generalThread;
    private int _stopThread;
    private bool _hasProcesses;

    private DebugThread? CurrentThread()
    {
        var threads = target.Threads;
        foreach (var wanted in (ReadOnlySpan<int>)[_generalThread, _stopThread])
            foreach (var thread in threads)
                if (thread.Id == wanted)
                    return thread;
        return threads.Count > 0 ? threads[0] : null;
    }

    private DebugThread? FindThread(string name) => target.Threads.AsValueEnumerable().FirstOrDefault(thread => Means(name, thread.Id));

    private string ChooseThread(string text)
    {
        if (text.Length < 2 || !TryParse(text[1..], out var process, out var number) || (process > 0 && process != target.ProcessId))
            return Invalid;
        if (number > 0 && FindThread(text[1..]) is null)
            return NoThread;
        if (text[0] == 'g')
            _generalThread = number;
        return text[0] is 'g' or 'c' ? Ok : Unknown;
    }

    private string Name(int id) => _hasProcesses ? $"p{target.ProcessId:x}.{id:x}" : id.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>True if a name means the thread with that number.</summary>
    private bool Means(string name, int id) =>
        TryParse(name, out var process, out var number) && (process is Any or All || process == target.ProcessId) && (number is Any or All || number == id);

    private static bool TryParse(string name, out int process, out int number)
    {
        (process, number) = (Any, All);
        if (!name.StartsWith('p'))
            return TryNumber(name, out number);
        var parts = name[1..].Split('.', 2);
        return TryNumber(parts[0], out process) && (parts.Length == 1 || TryNumber(parts[1], out number));
    }

    private static bool TryNumber(string text, out int number)
    {
        number = All;
        if (text == "-1")
            return true;
        var isGood = Hex.TryNumber(text, out var value) && value <= int.MaxValue;
        number = (int)value;
        return isGood;
    }

    private static int IdOf(IReadOnlyList<DebugThread> threads, VCpuDebug vcpu)
    {
        foreach (var thread in threads)
            if (thread.VCpu == vcpu)
                return thread.Id;
        return Any;
    }

    private string ListThreads()
    {
        var text = new StringBuilder("m");
        foreach (var thread in target.Threads)
            text.Append(text.Length > 1 ? "," : "").Append(Name(thread.Id));
        return text.Length > 1 ? text.ToString() : "l";
    }

    private string DescribeThread(string name) =>
        FindThread(name) is { } thread ? Hex.Of(Encoding.UTF8.GetBytes(target.NameOf(thread))) : NoThread;
}
