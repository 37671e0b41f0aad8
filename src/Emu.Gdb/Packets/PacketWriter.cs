namespace Emu.Gdb.Packets;

/// <summary>Makes packets of payloads: escapes, run lengths, checksum. A payload is text in which each character is a byte.</summary>
internal static class PacketWriter
{
    private const char Escape = '}';
    private const char EscapeBit = '\x20';
    private const int FirstRepeat = 29; // a run's length is written as a character this much above it
    private const int LeastRepeats = 3; // fewer are not worth it, and their characters do not print
    private const int MostRepeats = '~' - FirstRepeat;

    /// <summary>The whole packet.</summary>
    public static byte[] Encode(string payload)
    {
        var bytes = new List<byte>(payload.Length + 8) { (byte)'$' };
        byte sum = 0;
        for (var i = 0; i < payload.Length;)
        {
            var run = RunAt(payload, i);
            Put(payload[i], bytes);
            if (run > 0)
                bytes.AddRange([(byte)'*', (byte)(run + FirstRepeat)]);
            i += 1 + run;
        }

        for (var i = 1; i < bytes.Count; i++)
            sum += bytes[i];
        bytes.AddRange([(byte)'#', Digit(sum >> 4), Digit(sum & 15)]);
        return [.. bytes];
    }

    private static void Put(char value, List<byte> bytes)
    {
        if (value is '$' or '#' or '*' or Escape)
        {
            bytes.Add((byte)Escape);
            value ^= EscapeBit;
        }

        bytes.Add((byte)value);
    }

    /// <summary>How often a character is repeated, as far as one run can say that; 0 if it is not worth it.</summary>
    private static int RunAt(string payload, int index)
    {
        if (payload[index] is '$' or '#' or '*' or Escape)
            return 0;
        var repeats = 0;
        while (repeats < MostRepeats && index + 1 + repeats < payload.Length && payload[index + 1 + repeats] == payload[index])
            repeats++;
        // These would be written as '#', '$', '+' and '-', which mean something else to some readers.
        while (repeats + FirstRepeat is '#' or '$' or '+' or '-')
            repeats--;
        return repeats >= LeastRepeats ? repeats : 0;
    }

    private static byte Digit(int value) => (byte)"0123456789abcdef"[value];
}
