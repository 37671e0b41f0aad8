using System.Runtime.InteropServices;
using System.Text;
using Emu.Linux.Host;

namespace Emu.Cli.Output;

/// <summary>
/// A text writer over a host descriptor, without a buffer: what one call writes arrives at once, and in one piece. Nothing is thrown: a guest must not end because its
/// log is full; <see cref="Failure"/> tells afterwards. Thread-safe.
/// </summary>
/// <param name="descriptor">The open descriptor.</param>
internal sealed partial class DescriptorWriter(int descriptor) : TextWriter
{
    private const int Interrupted = 4;  // EINTR
    private const int WouldBlock = 11;  // EAGAIN
    private const short PollOut = 4;

    private readonly Lock _gate = new();

    /// <summary>Standard output.</summary>
    public static DescriptorWriter StandardOutput { get; } = new(1);

    /// <summary>Standard error.</summary>
    public static DescriptorWriter StandardError { get; } = new(2);

    /// <summary>The errno of the first write that failed, or 0. After it nothing is written any more.</summary>
    public int Failure { get; private set; }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var bytes = RawText.Encode(value);
        lock (_gate)
            WriteAll(bytes);
    }

    public override void WriteLine() => Write("\n");

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}\n");

    private void WriteAll(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0 && Failure == 0)
        {
            var count = WriteTo(descriptor, in MemoryMarshal.GetReference(rest), rest.Length);
            if (count >= 0)
                rest = rest[(int)count..];
            else if (Marshal.GetLastPInvokeError() is WouldBlock)
                WaitForRoom();
            else if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                Failure = error;
        }
    }

    // The guest may have made the descriptor that it shares with us non-blocking.
    private void WaitForRoom()
    {
        var request = new PollRequest { Descriptor = descriptor, Events = PollOut };
        _ = Poll(ref request, 1, Timeout.Infinite);
    }

    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, in byte bytes, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollRequest requests, nuint count, int timeout);
}
