using System.Text;

namespace Emu.Linux.Host;

/// <summary>
/// Arguments, environment and paths are bytes on Linux, in no particular encoding; they travel as bytes from the host to the guest, without
/// the terminating zero.
/// </summary>
public static class RawText
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>The bytes of a text.</summary>
    public static byte[] Encode(string text) => Utf8.GetBytes(text);

    /// <summary>A text for messages; what is not UTF-8 is replaced.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);

    /// <summary>The bytes with a terminating zero, for the host.</summary>
    public static byte[] WithZero(ReadOnlySpan<byte> bytes) => [.. bytes, 0];

    /// <summary>The command line of this process exactly as it was given, the program's name first.</summary>
    public static byte[][] HostArguments() => Split(File.ReadAllBytes("/proc/self/cmdline"));

    /// <summary>The environment of this process exactly as it was given, <c>NAME=value</c> each.</summary>
    public static byte[][] HostEnvironment() => Split(File.ReadAllBytes("/proc/self/environ"));

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
