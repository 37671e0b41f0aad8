using Emu.Linux.Host;
using Emu.Linux.Proc;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>A path that is changed: created, renamed, removed. It is the host's, whatever the sysroot holds.</summary>
[SyscallArgument(1)]
internal readonly struct GuestPath : ISyscallArgument<GuestPath>
{
    internal const int MaxLength = 4096; // PATH_MAX

    private readonly nint _pointer;

    private GuestPath(ulong address, nint pointer) => (Address, _pointer) = (address, pointer);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    public static implicit operator nint(GuestPath argument) => argument._pointer;

    public static bool TryTake(ref SyscallContext context, int index, out GuestPath argument)
    {
        argument = new GuestPath(context[index], context.HostSource(context[index]));
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => Trace(line, ref context, Address);

    internal static void Trace(TraceLine line, ref SyscallContext context, ulong address)
    {
        if (address != 0 && context.Memory.TryReadString(address, MaxLength, out var text))
            line.Quoted(text, whole: true);
        else
            line.Address(address);
    }
}

/// <summary>
/// A path that is looked up: taken from the sysroot if it exists there; the link <c>exe</c> of the process means the guest's program. Which of the two forms is asked for says whether
/// the call follows a link at the end.
/// </summary>
[SyscallArgument(1)]
internal readonly struct LookupPath : ISyscallArgument<LookupPath>
{
    private readonly nint _pointer;

    private LookupPath(ulong address, nint pointer) => (Address, _pointer) = (address, pointer);

    /// <summary>Guest address.</summary>
    public ulong Address { get; }

    /// <summary>The path as the guest gave it, whatever the sysroot holds.</summary>
    public nint OnHost => _pointer;

    public static bool TryTake(ref SyscallContext context, int index, out LookupPath argument)
    {
        argument = new LookupPath(context[index], context.HostSource(context[index]));
        return true;
    }

    /// <summary>The host's path for a call that follows a link at the end; it is valid until the call has ended.</summary>
    public nint Followed(ref SyscallContext context, int directory = HostFiles.CurrentDirectory)
    {
        // A path that cannot be read is left to the host's kernel, which answers EFAULT in its turn.
        if (!TryRead(ref context, out var text))
            return _pointer;
        var pointer = Locate(ref context, directory, text, follow: true);
        var maybeProgram = text.EndsWith("exe"u8) && (text.Length == 3 || text[^4] == '/');
        return maybeProgram && pointer == _pointer && ProcDirectory.LeadsToProgram(directory, pointer, follow: true) ? context.Process.ExecutablePointer : pointer;
    }

    /// <summary>The host's path for a call that takes a link at the end for itself.</summary>
    public nint AsLink(ref SyscallContext context, int directory = HostFiles.CurrentDirectory) =>
        TryRead(ref context, out var text) ? Locate(ref context, directory, text, follow: false) : _pointer;

    private nint Locate(ref SyscallContext context, int directory, scoped ReadOnlySpan<byte> text, bool follow) =>
        !context.Process.Sysroot.IsEmpty && context.Process.Sysroot.TryLocate(directory, text, follow, out var inside) ? context.Thread.Scratch.Copy(inside) : _pointer;

    private bool TryRead(ref SyscallContext context, out ReadOnlySpan<byte> text)
    {
        text = default;
        return Address != 0 && context.Memory.TryReadString(Address, GuestPath.MaxLength, out text) && text.Length is > 0 and < GuestPath.MaxLength;
    }

    public void Trace(TraceLine line, ref SyscallContext context) => GuestPath.Trace(line, ref context, Address);
}
