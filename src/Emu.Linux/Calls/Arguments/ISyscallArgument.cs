using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>A type of parameter: how it is read from argument registers, and how it is traced.</summary>
internal interface ISyscallArgument<TSelf>
    where TSelf : struct, ISyscallArgument<TSelf>
{
    /// <summary>Reads the argument that begins in register <paramref name="index"/>; false makes the call answer EFAULT.</summary>
    static abstract bool TryTake(ref SyscallContext context, int index, out TSelf argument);

    /// <summary>Writes the argument after the call; the line knows the result.</summary>
    void Trace(TraceLine line, ref SyscallContext context);
}
