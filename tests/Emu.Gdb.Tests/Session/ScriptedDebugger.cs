using System.Text;
using Emu.Backend.Threaded;
using Emu.Engine;
using Emu.Engine.Debugging;
using Emu.Engine.Memory;
using Emu.Gdb.Packets;
using Emu.Gdb.Session;
using Emu.Guest.RiscV;

namespace Emu.Gdb.Tests.Session;

/// <summary>A debugger whose packets are known beforehand, and a guest of one thread that stands still: a session runs to its end on the calling thread.</summary>
internal sealed class ScriptedDebugger : IDebugTarget, IDisposable
{
    /// <summary>Where the guest has one page of memory.</summary>
    public const ulong Page = 0x10000;

    private readonly GuestMemory _memory = new();
    private readonly Machine _machine;
    private readonly MemoryStream _sent = new();
    private readonly List<DebugThread> _threads;
    private byte[] _script = [];
    private int _next;

    public ScriptedDebugger()
    {
        _memory.Map(new MapRequest { Address = Page, Length = GuestMemory.PageSize, Permissions = PagePermissions.Read | PagePermissions.Write, Placement = MapPlacement.Fixed }, out _);
        var guest = new RiscVGuest();
        _machine = new Machine(guest, new ThreadedBackend(guest.StateSize), _memory, codeArenaSize: 1 << 20);
        _machine.Debugger = new Debugger(_machine);
        var vcpu = _machine.AddVCpu();
        vcpu.Pc = Page;
        _threads = [new DebugThread(0x2a, vcpu.Debug!, 0)];
    }

    public bool WasKilled { get; private set; }

    public Debugger Debugger => _machine.Debugger!;

    public int ProcessId => 0x29;

    public IReadOnlyList<DebugThread> Threads => _threads;

    public byte[] ExecutablePath => "/bin/guest"u8.ToArray();

    public byte[] AuxiliaryVector => [1, 2, 3, (byte)'#'];

    /// <summary>Sends the packets, and answers the payloads that come back, without acknowledgements.</summary>
    public List<string> Say(params string[] packets) => SayBytes(string.Concat(packets.Select(Framed)));

    /// <summary>As <see cref="Say"/>, for bytes that need not be packets.</summary>
    public List<string> SayBytes(string bytes)
    {
        (_script, _next) = (Encoding.Latin1.GetBytes(bytes), 0);
        _sent.SetLength(0);
        new GdbSession(_machine, this, new Connection(this)).Run();
        return Payloads();
    }

    /// <summary>All bytes that came back.</summary>
    public string Sent => Encoding.Latin1.GetString(_sent.ToArray());

    public string NameOf(DebugThread thread) => "a<b";

    public byte[] SignalInfoOf(DebugThread thread) => [];

    public int ReadMemory(ulong address, Span<byte> destination)
    {
        var end = Page + GuestMemory.PageSize;
        if (address < Page || address >= end)
            return 0;
        var length = (int)Math.Min((ulong)destination.Length, end - address);
        return _memory.TryRead(address, destination[..length]) ? length : 0;
    }

    public bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source) => _memory.TryWrite(address, source);

    public bool TryLeaveCall(DebugThread thread) => true;

    public int OpenFile(ReadOnlySpan<byte> path) => path.SequenceEqual("/file"u8) ? 100 : -2;

    public int ReadFile(int descriptor, ulong offset, Span<byte> destination)
    {
        var contents = "contents"u8[(int)Math.Min(offset, 8)..];
        contents = contents[..Math.Min(contents.Length, destination.Length)];
        contents.CopyTo(destination);
        return contents.Length;
    }

    public int CloseFile(int descriptor) => 0;

    public int DescribeFile(int descriptor, out DebugFileStatus status)
    {
        status = new DebugFileStatus(1, 2, 0x81a4, 1, 0, 0, 8, 4096, 8, 0x1234);
        return 0;
    }

    public int ReadLink(ReadOnlySpan<byte> path, out byte[] target)
    {
        target = "there"u8.ToArray();
        return 0;
    }

    public void Kill() => WasKilled = true;

    public void Dispose()
    {
        _machine.Dispose();
        _memory.Dispose();
    }

    private static string Framed(string payload) => $"${payload}#{(byte)payload.Sum(static character => character):x2}";

    private List<string> Payloads()
    {
        var reader = new PacketReader();
        List<string> found = [];
        foreach (var value in _sent.ToArray())
            if (reader.Push(value) == Received.Packet)
                found.Add(Expanded(Encoding.Latin1.GetString(reader.Payload)));
        return found;
    }

    /// <summary>Undoes run lengths; what the tests ask for holds no star of its own.</summary>
    private static string Expanded(string payload)
    {
        var text = new StringBuilder();
        for (var i = 0; i < payload.Length; i++)
            _ = payload[i] == '*' ? text.Append(text[^1], payload[++i] - 29) : text.Append(payload[i]);
        return text.ToString();
    }

    private sealed class Connection(ScriptedDebugger debugger) : IDebugConnection
    {
        public int Receive(Span<byte> destination)
        {
            var count = Math.Min(destination.Length, debugger._script.Length - debugger._next);
            debugger._script.AsSpan(debugger._next, count).CopyTo(destination);
            debugger._next += count;
            return count;
        }

        public bool Send(ReadOnlySpan<byte> source)
        {
            debugger._sent.Write(source);
            return true;
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}
