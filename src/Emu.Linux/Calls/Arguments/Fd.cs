using Emu.Linux.Host;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>A file descriptor: the guest's numbers are the host's, but the emulator's own descriptors do not exist for the guest.</summary>
[SyscallArgument(1)]
internal readonly struct Fd : ISyscallArgument<Fd>
{
    private readonly int _asked;

    private Fd(int asked, int number) => (_asked, Number) = (asked, number);

    /// <summary>The host's number, -1 for one that the guest must not see.</summary>
    public int Number { get; }

    public static implicit operator nint(Fd descriptor) => descriptor.Number;

    public static bool TryTake(ref SyscallContext context, int index, out Fd argument)
    {
        var asked = (int)context[index];
        argument = new Fd(asked, HostDescriptors.IsReserved(asked) ? -1 : asked);
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => line.Number(_asked);
}

/// <summary>The descriptor of the directory that relative paths begin at.</summary>
[SyscallArgument(1)]
internal readonly struct DirectoryFd : ISyscallArgument<DirectoryFd>
{
    private readonly int _asked;

    private DirectoryFd(int asked, int number) => (_asked, Number) = (asked, number);

    /// <summary>The host's number, -1 for one that the guest must not see.</summary>
    public int Number { get; }

    public static implicit operator nint(DirectoryFd descriptor) => descriptor.Number;

    public static bool TryTake(ref SyscallContext context, int index, out DirectoryFd argument)
    {
        var asked = (int)context[index];
        argument = new DirectoryFd(asked, HostDescriptors.IsReserved(asked) ? -1 : asked);
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        if (_asked == HostFiles.CurrentDirectory)
            line.Text("AT_FDCWD");
        else
            line.Number(_asked);
    }
}
