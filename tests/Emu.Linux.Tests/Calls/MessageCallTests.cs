using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Arguments;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Calls;

/// <summary>Messages of sockets: their structures hold addresses, which the emulator has to translate.</summary>
public sealed class MessageCallTests : IDisposable
{
    private const ulong Texts = CallHarness.Buffer;
    private const ulong Vectors = CallHarness.Buffer + 0x100;
    private const ulong Message = CallHarness.Buffer + 0x200;
    private const ulong Control = CallHarness.Buffer + 0x400;
    private const ulong Target = CallHarness.Buffer + 0x500;
    private const ulong NoSignal = 0x4000;
    private readonly CallHarness _guest = new();
    private readonly ulong _left;
    private readonly ulong _right;
    private bool _rightIsClosed;

    public MessageCallTests()
    {
        Assert.Equal(0, _guest.Call(199, 1, 1, 0, Texts)); // AF_UNIX, SOCK_STREAM
        (_left, _right) = ((ulong)_guest.Read<int>(Texts), (ulong)_guest.Read<int>(Texts + 4));
    }

    public void Dispose()
    {
        _guest.Call(57, _left);
        if (!_rightIsClosed)
            _guest.Call(57, _right);
        _guest.Dispose();
    }

    [Test]
    public void AMessageIsGatheredFromBuffersAndScatteredIntoOthers()
    {
        _guest.Text("hello, world", Texts);
        Describe(Message, (Texts + 7, 5), (Texts, 5));
        Assert.Equal(10, _guest.Call(211, _left, Message, 0));
        Describe(Message, (Target, 3), (Target + 0x10, 20));
        Assert.Equal(10, _guest.Call(212, _right, Message, 0));
        Assert.Equal(("wor", "ldhello"), (_guest.ReadText(Target, 3), _guest.ReadText(Target + 0x10, 7)));
        Assert.Equal((0UL, 0U), (_guest.Read<MessageHeader>(Message).ControlLength, _guest.Read<MessageHeader>(Message).NameLength));
    }

    [Test]
    public void ADescriptorTravelsInAControlMessage()
    {
        // struct cmsghdr: length, level SOL_SOCKET, type SCM_RIGHTS, then the descriptor (cmsg(3)).
        _guest.Memory.TryWrite(Control, 20UL);
        _guest.Memory.TryWrite(Control + 8, 0x0000_0001_0000_0001UL);
        _guest.Memory.TryWrite(Control + 16, (int)_left);
        Describe(Message, (Texts, 1));
        _guest.Memory.TryWrite(Message, _guest.Read<MessageHeader>(Message) with { Control = Control, ControlLength = 24 });
        Assert.Equal(1, _guest.Call(211, _left, Message, 0));
        _guest.Memory.TryWrite(Control + 16, 0);
        Assert.Equal(1, _guest.Call(212, _right, Message, 0));
        var received = (ulong)_guest.Read<int>(Control + 16);
        Assert.True(received > 2 && received != _left);
        Assert.Equal(24UL, _guest.Read<MessageHeader>(Message).ControlLength);
        Assert.Equal(1, _guest.Call(64, received, Texts, 1));
        Assert.Equal(1, _guest.Call(63, _right, Texts, 1));
        Assert.Equal(0, _guest.Call(57, received));
    }

    [Test]
    public void SeveralMessagesGoByOneCall()
    {
        var (size, both) = (64UL, Message);
        _guest.Text("onetwo!", Texts);
        Describe(both, (Texts, 3));
        _guest.Memory.TryWrite(Vectors + 0x40, new IoVector { Address = Texts + 3, Length = 4 });
        _guest.Memory.TryWrite(both + size, new MessageHeader { Vectors = Vectors + 0x40, VectorCount = 1 });
        Assert.Equal(2, _guest.Call(269, _left, both, 2, 0));
        Assert.Equal((3U, 4U), (_guest.Read<CountedMessage>(both).Length, _guest.Read<CountedMessage>(both + size).Length));
        Describe(both, (Target, 3));
        Assert.Equal(1, _guest.Call(243, _right, both, 1, 0, 0));
        Assert.Equal((3U, "one"), (_guest.Read<CountedMessage>(both).Length, _guest.ReadText(Target, 3)));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(269, _left, CallHarness.BufferEnd, 1, 0));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(243, _right, GuestMemory.Size, 1, 0, 0));
    }

    [Test]
    [Arguments(0UL)]
    [Arguments(CallHarness.BufferEnd - 8)]
    [Arguments(ulong.MaxValue)]
    public void AMessageThatCannotBeReadIsAFault(ulong address)
    {
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(211, _left, address, 0));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(212, _right, address, 0));
        _guest.Memory.TryWrite(Message, new MessageHeader { Vectors = address, VectorCount = 1 });
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(211, _left, Message, 0));
        Describe(Message, (address, 50));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(211, _left, Message, 0));
        Describe(Message, (Texts, 5));
        _guest.Memory.TryWrite(Message, _guest.Read<MessageHeader>(Message) with { VectorCount = 1025 });
        Assert.Equal(-(long)Errno.EMSGSIZE, _guest.Call(211, _left, Message, 0));
    }

    [Test]
    public void AMessageThatNobodyCanReceiveIsABrokenPipe()
    {
        Describe(Message, (Texts, 1));
        Assert.Equal(0, _guest.Call(57, _right));
        _rightIsClosed = true;
        Assert.Equal(-(long)Errno.EPIPE, _guest.Call(211, _left, Message, NoSignal));
        Assert.True(_guest.GoesOn);
        Assert.Equal(-(long)Errno.EPIPE, _guest.Call(211, _left, Message, 0));
        Assert.False(_guest.GoesOn);
    }

    private void Describe(ulong message, params ReadOnlySpan<(ulong Address, int Length)> buffers)
    {
        for (var i = 0; i < buffers.Length; i++)
            _guest.Memory.TryWrite(Vectors + (ulong)i * 16, new IoVector { Address = buffers[i].Address, Length = (ulong)buffers[i].Length });
        _guest.Memory.TryWrite(message, new MessageHeader { Vectors = Vectors, VectorCount = (ulong)buffers.Length });
    }
}
