namespace Emu.Gdb.Packets;

/// <summary>What the bytes of a debugger amount to.</summary>
internal enum Received
{
    /// <summary>Nothing yet.</summary>
    Nothing,
    /// <summary>A whole packet: <see cref="PacketReader.Payload"/>.</summary>
    Packet,
    /// <summary>A packet whose checksum is wrong, or that is longer than any may be: to be sent again.</summary>
    Damaged,
    /// <summary>The debugger asks for the last packet again.</summary>
    Again,
    /// <summary>The debugger wants the guest stopped (Ctrl-C).</summary>
    Interrupt,
}

/// <summary>
/// Takes packets out of a stream of bytes, whatever it holds: <c>$payload#checksum</c>, where <c>}</c> escapes the next byte (GDB manual, "Overview" of the remote
/// protocol). What stands between packets is ignored.
/// </summary>
internal sealed class PacketReader
{
    /// <summary>Bytes that a packet may have.</summary>
    public const int MaxPacket = 0x4000;

    private const byte Escape = (byte)'}';
    private const byte EscapeBit = 0x20;
    private const byte InterruptByte = 3;

    private readonly byte[] _payload = new byte[MaxPacket];
    private int _length;
    private byte _sum;
    private int _checksum;
    private State _state;

    private enum State
    {
        Between,
        Inside,
        Escaped,
        FirstDigit,
        SecondDigit,
    }

    /// <summary>The last packet, without escapes; good until the next byte.</summary>
    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _length);

    /// <summary>Takes one byte.</summary>
    public Received Push(byte value)
    {
        switch (_state)
        {
            case State.Between:
                return PushBetween(value);
            case State.FirstDigit:
                _checksum = Hex.Digit(value);
                _state = State.SecondDigit;
                return Received.Nothing;
            case State.SecondDigit:
                _state = State.Between;
                var low = Hex.Digit(value);
                return _checksum >= 0 && low >= 0 && (_checksum << 4 | low) == _sum && _length <= MaxPacket ? Received.Packet : Damage();
            default:
                PushInside(value);
                return Received.Nothing;
        }
    }

    private Received PushBetween(byte value)
    {
        switch (value)
        {
            case (byte)'$':
                Begin();
                return Received.Nothing;
            case (byte)'-':
                return Received.Again;
            case InterruptByte:
                return Received.Interrupt;
            default:
                return Received.Nothing;
        }
    }

    private void PushInside(byte value)
    {
        if (value == (byte)'#')
        {
            _state = State.FirstDigit;
        }
        else if (value == (byte)'$')
        {
            // The one before it has lost its end.
            Begin();
        }
        else
        {
            _sum += value;
            var isEscape = _state == State.Inside && value == Escape;
            if (!isEscape)
                Append(_state == State.Escaped ? (byte)(value ^ EscapeBit) : value);
            _state = isEscape ? State.Escaped : State.Inside;
        }
    }

    private void Begin() => (_state, _length, _sum) = (State.Inside, 0, 0);

    private Received Damage()
    {
        _length = 0;
        return Received.Damaged;
    }

    private void Append(byte value)
    {
        if (_length < MaxPacket)
            _payload[_length] = value;
        _length = Math.Min(_length + 1, MaxPacket + 1);
    }
}
