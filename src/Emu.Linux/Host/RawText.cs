using System.Buffers;
using System.Collections;
using System.Text;
using ZLinq;

namespace Emu.Linux.Host;

/// <summary>
/// Arguments, environment and paths are bytes on Linux, in no particular encoding; they travel as bytes from the host to the guest, without
/// the terminating zero.
/// </summary>
/// <remarks>
/// Where one of them has to be a string, a byte that is no part of UTF-8 becomes a lone low surrogate, U+DC80 to U+DCFF, which UTF-8 has no code for, and becomes the
/// same byte again on the way back: a name that is not UTF-8 survives being a string.
/// </remarks>
public static class RawText
{
    private const char FirstEscape = '\udc80';
    private const char LastEscape = '\udcff';
    private const int EscapeBase = 0xdc00;

    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>The bytes of a text; the inverse of <see cref="Decode"/>.</summary>
    public static byte[] Encode(string text) => text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape) ? EncodeEscapes(text) : Utf8.GetBytes(text);

    /// <summary>As <see cref="Encode(string)"/>, into memory that has room for any text of that length; returns how many bytes it is.</summary>
    public static int Encode(string text, Span<byte> destination)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape))
            return Utf8.GetBytes(text, destination);
        var bytes = EncodeEscapes(text);
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    /// <summary>The text of any bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8.GetString(bytes) : DecodeEscapes(bytes);

    /// <summary>The bytes with a terminating zero, for the host.</summary>
    public static byte[] WithZero(ReadOnlySpan<byte> bytes) => [.. bytes, 0];

    /// <summary>The command line of this process exactly as it was given, the program's name first; where there is no /proc, what is UTF-8 in it.</summary>
    public static byte[][] HostArguments() =>
        HostFiles.TryReadWhole("/proc/self/cmdline", out var bytes) ? Split(bytes) : Array.ConvertAll(System.Environment.GetCommandLineArgs(), Encode);

    /// <summary>The environment of this process exactly as it was given, <c>NAME=value</c> each; where there is no /proc, what is UTF-8 in it.</summary>
    public static byte[][] HostEnvironment() =>
        HostFiles.TryReadWhole("/proc/self/environ", out var bytes) ? Split(bytes) :
        System.Environment.GetEnvironmentVariables().AsValueEnumerable<DictionaryEntry>().Select(static variable => Encode($"{variable.Key}={variable.Value}")).ToArray();

    private static byte[] EncodeEscapes(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Utf8.GetMaxByteCount(text.Length)];
        var length = 0;
        while (text.Length > 0)
        {
            var status = Rune.DecodeFromUtf16(text, out var rune, out var used);
            if (status != OperationStatus.Done && text[0] is >= FirstEscape and <= LastEscape)
                bytes[length++] = (byte)text[0];
            else
                length += rune.EncodeToUtf8(bytes.AsSpan(length));
            text = text[used..];
        }

        return bytes[..length];
    }

    private static string DecodeEscapes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
                text.Append(rune);
            else
                foreach (var stray in bytes[..used])
                    text.Append((char)(EscapeBase | stray));
            bytes = bytes[used..];
        }

        return text.ToString();
    }

    private static byte[][] Split(ReadOnlySpan<byte> zeroTerminated)
    {
        var parts = new List<byte[]>();
        while (zeroTerminated.Length > 0)
        {
            var end = zeroTerminated.IndexOf((byte)0);
            end = end < 0 ? zeroTerminated.Length : end;
            parts.Add(zeroTerminated[..end].ToArray());
            zeroTerminated = zeroTerminated[Math.Min(end + 1, zeroTerminated.Length)..];
        }

        return [.. parts];
    }
}
