using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Arguments;

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
        if (_guest.Call(199, 1, 1, 0, Texts) != 0) // AF_UNIX, SOCK_STREAM
            Assert.Fail($"there is no pair of sockets: {_guest.LastTrace}");
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
    public async Task AMessageIsGatheredFromBuffersAndScatteredIntoOthers()
    {
        _guest.Text("hello, world", Texts);
        Describe(Message, (Texts + 7, 5), (Texts, 5));
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(10);
        Describe(Message, (Target, 3), (Target + 0x10, 20));
        await Assert.That(_guest.Call(212, _right, Message, 0)).IsEqualTo(10);
        await Assert.That((_guest.ReadText(Target, 3), _guest.ReadText(Target + 0x10, 7))).IsEqualTo(("wor", "ldhello"));
        await Assert.That((_guest.Read<MessageHeader>(Message).ControlLength, _guest.Read<MessageHeader>(Message).NameLength)).IsEqualTo((0UL, 0U));
    }

    [Test]
    public async Task ADescriptorTravelsInAControlMessage()
    {
        // struct cmsghdr: length, level SOL_SOCKET, type SCM_RIGHTS, then the descriptor (cmsg(3)).
        _guest.Memory.TryWrite(Control, 20UL);
        _guest.Memory.TryWrite(Control + 8, 0x0000_0001_0000_0001UL);
        _guest.Memory.TryWrite(Control + 16, (int)_left);
        Describe(Message, (Texts, 1));
        _guest.Memory.TryWrite(Message, _guest.Read<MessageHeader>(Message) with { Control = Control, ControlLength = 24 });
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(1);
        _guest.Memory.TryWrite(Control + 16, 0);
        await Assert.That(_guest.Call(212, _right, Message, 0)).IsEqualTo(1);
        var received = (ulong)_guest.Read<int>(Control + 16);
        await Assert.That(received > 2 && received != _left).IsTrue();
        await Assert.That(_guest.Read<MessageHeader>(Message).ControlLength).IsEqualTo(24UL);
        await Assert.That(_guest.Call(64, received, Texts, 1)).IsEqualTo(1);
        await Assert.That(_guest.Call(63, _right, Texts, 1)).IsEqualTo(1);
        await Assert.That(_guest.Call(57, received)).IsEqualTo(0);
    }

    [Test]
    public async Task SeveralMessagesGoByOneCall()
    {
        var (size, both) = (64UL, Message);
        _guest.Text("onetwo!", Texts);
        Describe(both, (Texts, 3));
        _guest.Memory.TryWrite(Vectors + 0x40, new IoVector { Address = Texts + 3, Length = 4 });
        _guest.Memory.TryWrite(both + size, new MessageHeader { Vectors = Vectors + 0x40, VectorCount = 1 });
        await Assert.That(_guest.Call(269, _left, both, 2, 0)).IsEqualTo(2);
        await Assert.That((_guest.Read<CountedMessage>(both).Length, _guest.Read<CountedMessage>(both + size).Length)).IsEqualTo((3U, 4U));
        Describe(both, (Target, 3));
        await Assert.That(_guest.Call(243, _right, both, 1, 0, 0)).IsEqualTo(1);
        await Assert.That((_guest.Read<CountedMessage>(both).Length, _guest.ReadText(Target, 3))).IsEqualTo((3U, "one"));
        await Assert.That(_guest.Call(269, _left, CallHarness.BufferEnd, 1, 0)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(243, _right, GuestMemory.Size, 1, 0, 0)).IsEqualTo(-(long)Errno.EFAULT);
    }

    [Test]
    [Arguments(0UL)]
    [Arguments(CallHarness.BufferEnd - 8)]
    [Arguments(ulong.MaxValue)]
    public async Task AMessageThatCannotBeReadIsAFault(ulong address)
    {
        await Assert.That(_guest.Call(211, _left, address, 0)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(212, _right, address, 0)).IsEqualTo(-(long)Errno.EFAULT);
        _guest.Memory.TryWrite(Message, new MessageHeader { Vectors = address, VectorCount = 1 });
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(-(long)Errno.EFAULT);
        Describe(Message, (address, 50));
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(-(long)Errno.EFAULT);
        Describe(Message, (Texts, 5));
        _guest.Memory.TryWrite(Message, _guest.Read<MessageHeader>(Message) with { VectorCount = 1025 });
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(-(long)Errno.EMSGSIZE);
    }

    [Test]
    public async Task AMessageThatNobodyCanReceiveIsABrokenPipe()
    {
        Describe(Message, (Texts, 1));
        await Assert.That(_guest.Call(57, _right)).IsEqualTo(0);
        _rightIsClosed = true;
        await Assert.That(_guest.Call(211, _left, Message, NoSignal)).IsEqualTo(-(long)Errno.EPIPE);
        await Assert.That(_guest.GoesOn).IsTrue();
        await Assert.That(_guest.Call(211, _left, Message, 0)).IsEqualTo(-(long)Errno.EPIPE);
        await Assert.That(_guest.GoesOn).IsFalse();
    }

    private void Describe(ulong message, params ReadOnlySpan<(ulong Address, int Length)> buffers)
    {
        for (var i = 0; i < buffers.Length; i++)
            _guest.Memory.TryWrite(Vectors + (ulong)i * 16, new IoVector { Address = buffers[i].Address, Length = (ulong)buffers[i].Length });
        _guest.Memory.TryWrite(message, new MessageHeader { Vectors = Vectors, VectorCount = (ulong)buffers.Length });
    }
}
