using System.Text;
using Emu.Linux.Host;

namespace Emu.Cli.Output;

/// <summary>
/// A text writer over a host descriptor. What one call of <see cref="Write(string?)"/> writes arrives at once, and in one piece; what <see cref="WriteLater"/> takes waits for
/// company, but not where a person reads. Everything arrives in the order of the calls. Nothing is thrown: a guest must not end because its log is full; <see cref="Failure"/> tells
/// afterwards. Thread-safe.
/// </summary>
/// <param name="descriptor">The open descriptor.</param>
internal sealed class DescriptorWriter(int descriptor) : TextWriter
{
    private const int Room = 64 * 1024;
    private const int NotOpen = 9; // EBADF

    private readonly Lock _gate = new();
    private int _descriptor = descriptor;
    private byte[] _waiting = [];
    private int _length;

    /// <summary>Standard output.</summary>
    public static DescriptorWriter StandardOutput { get; } = new(1);

    /// <summary>Standard error.</summary>
    public static DescriptorWriter StandardError { get; } = new(2);

    /// <summary>
    /// Keeps what the descriptor names open for this writer: the guest may close its own, as many programs do when they end, or open another file in its place. Where
    /// numbers are scarce the guest's is used. If it is not open, each write fails.
    /// </summary>
    public void KeepFromGuest()
    {
        if (HostDescriptors.AreScarce)
            return;
        var own = HostDescriptors.DuplicateAside(_descriptor);
        if (own >= 0 || own == -NotOpen)
            _descriptor = own;
    }

    /// <summary>From now on everything goes to another descriptor; to none if that is minus an errno, which is then the <see cref="Failure"/>. What waits must have been sent.</summary>
    public void Redirect(int descriptor)
    {
        lock (_gate)
            (_descriptor, Failure) = (descriptor, Failure == 0 ? Math.Max(-descriptor, 0) : Failure);
    }

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
        {
            SendWaiting();
            Send(bytes);
        }
    }

    /// <summary>Writes bytes as they are, at once and in one piece.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            SendWaiting();
            Send(bytes);
        }
    }

    public override void WriteLine() => Write("\n");

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}\n");

    /// <summary>Writes a line of which there may be millions: it is sent when there is enough, at <see cref="Flush"/>, or before the next <see cref="Write(string?)"/>.</summary>
    public void WriteLater(string line)
    {
        lock (_gate)
        {
            if (_waiting.Length == 0)
                _waiting = new byte[HostOutput.IsTerminal(_descriptor) ? 1 : Room];
            var most = Encoding.UTF8.GetMaxByteCount(line.Length) + 1;
            if (most > _waiting.Length - _length)
                SendWaiting();
            if (most > _waiting.Length)
            {
                Send(RawText.Encode(line + "\n"));
                return;
            }

            _length += RawText.Encode(line, _waiting.AsSpan(_length));
            _waiting[_length++] = (byte)'\n';
        }
    }

    /// <summary>Sends what waits.</summary>
    public override void Flush()
    {
        // Asked before each system call of a guest: most have nothing to wait for.
        if (Volatile.Read(ref _length) == 0)
            return;
        lock (_gate)
            SendWaiting();
    }

    private void SendWaiting()
    {
        Send(_waiting.AsSpan(0, _length));
        _length = 0;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (Failure == 0)
            Failure = HostOutput.WriteAll(_descriptor, bytes);
    }
}
