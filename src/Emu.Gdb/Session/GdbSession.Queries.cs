using System.Text;
using Emu.Gdb.Packets;

namespace Emu.Gdb.Session;

// Questions and settings.
public sealed partial class GdbSession
{
    private bool _knowsSoftware;
    private bool _knowsHardware;
    private bool _hasNoResumed;

    private string Query(string packet)
    {
        var (name, rest) = packet.IndexOf(':') is var at and > 0 ? (packet[..at], packet[(at + 1)..]) : (packet, "");
        return name switch
        {
            "qSupported" => Support(rest),
            "qXfer" => Transfer(rest),
            "qC" => CurrentThread() is { } thread ? $"QC{Name(thread.Id)}" : Unknown,
            "qfThreadInfo" => ListThreads(),
            "qsThreadInfo" => "l",
            // Made for this debugger, which may kill it.
            "qAttached" => "0",
            "qSymbol" => Ok,
            _ when packet.StartsWith("qThreadExtraInfo,", StringComparison.Ordinal) => DescribeThread(packet["qThreadExtraInfo,".Length..]),
            _ => Unknown,
        };
    }

    private string Set(string packet)
    {
        if (packet == "QStartNoAckMode")
        {
            _acknowledges = false;
            return Ok;
        }

        return packet.StartsWith("QPassSignals:", StringComparison.Ordinal) ? PassSignals(packet["QPassSignals:".Length..]) : Unknown;
    }

    private string Support(string features)
    {
        foreach (var feature in features.Split(';'))
        {
            _hasProcesses |= feature == "multiprocess+";
            _knowsSoftware |= feature == "swbreak+";
            _knowsHardware |= feature == "hwbreak+";
            _hasNoResumed |= feature == "no-resumed+";
        }

        return $"PacketSize={PacketReader.MaxPacket:x};QStartNoAckMode+;multiprocess+;swbreak+;hwbreak+;vContSupported+;no-resumed+;QPassSignals+;"
            + "qXfer:features:read+;qXfer:auxv:read+;qXfer:exec-file:read+;qXfer:threads:read+;qXfer:siginfo:read+";
    }

    private string PassSignals(string numbers)
    {
        var set = 0UL;
        foreach (var number in numbers.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Hex.TryNumber(number, out var value) || value > byte.MaxValue)
                return Invalid;
            if (GdbSignals.ToLinux((int)value) is var signal and > 0)
                set |= 1UL << (signal - 1);
        }

        _debugger.SetPassed(set);
        return Ok;
    }

    /// <summary>A part of an object: <c>object:read:annex:offset,length</c>.</summary>
    private string Transfer(string text)
    {
        if (text.Split(':', 4) is not [var name, "read", var annex, var part] || !Hex.TryPair(part, ',', out var offset, out var length))
            return Unknown;
        var contents = name switch
        {
            "features" when annex == "target.xml" => TargetXml.Of(machine.Guest),
            "auxv" => Encoding.Latin1.GetString(target.AuxiliaryVector),
            "exec-file" => Encoding.Latin1.GetString(target.ExecutablePath),
            "threads" => ThreadsXml(),
            "siginfo" when CurrentThread() is { } thread && target.SignalInfoOf(thread) is { Length: > 0 } info => Encoding.Latin1.GetString(info),
            _ => null,
        };
        if (contents is null)
            return name is "features" or "siginfo" ? "E00" : Unknown;
        if (offset >= (ulong)contents.Length)
            return "l";
        var count = (int)Math.Min(Math.Min(length, MostRead), (ulong)contents.Length - offset);
        return (offset + (ulong)count < (ulong)contents.Length ? "m" : "l") + contents.Substring((int)offset, count);
    }

    private string ThreadsXml()
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><threads>");
        foreach (var thread in target.Threads)
            text.Append($"<thread id=\"{Name(thread.Id)}\" name=\"{Escaped(target.NameOf(thread))}\"/>");
        return text.Append("</threads>").ToString();
    }

    /// <summary>A name as an attribute of ASCII characters, whatever bytes it has.</summary>
    private static string Escaped(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
            text.Append(character is >= ' ' and < '\x7f' and not ('<' or '>' or '&' or '"') ? character.ToString() : "?");
        return text.ToString();
    }
}
