using System.Buffers.Binary;
using System.Globalization;

namespace Emu.Gdb.Packets;

/// <summary>Numbers and bytes in hexadecimal, as packets write them.</summary>
internal static class Hex
{
    /// <summary>The value of a digit, or -1.</summary>
    public static int Digit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };

    /// <summary>Two digits per byte.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>The bytes that digits spell; false if they are not pairs of digits.</summary>
    public static bool TryBytes(string digits, out byte[] bytes)
    {
        bytes = new byte[digits.Length / 2];
        if (digits.Length % 2 != 0)
            return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            var (high, low) = (Digit((byte)digits[2 * i]), Digit((byte)digits[2 * i + 1]));
            if (digits[2 * i] > 'f' || digits[2 * i + 1] > 'f' || high < 0 || low < 0)
                return false;
            bytes[i] = (byte)(high << 4 | low);
        }

        return true;
    }

    /// <summary>A number without sign or prefix.</summary>
    public static bool TryNumber(ReadOnlySpan<char> digits, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);

    /// <summary>Two numbers with a separator between them.</summary>
    public static bool TryPair(ReadOnlySpan<char> text, char separator, out ulong first, out ulong second)
    {
        (first, second) = (0, 0);
        var at = text.IndexOf(separator);
        return at > 0 && TryNumber(text[..at], out first) && TryNumber(text[(at + 1)..], out second);
    }

    /// <summary>A number of at most 8 bytes in big-endian order, for the structures of vFile.</summary>
    public static void PutBigEndian(Span<byte> destination, ulong value)
    {
        if (destination.Length == sizeof(uint))
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(destination, value);
    }
}
