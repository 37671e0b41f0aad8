using Emu.Linux.Calls.Values;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls.Arguments;

/// <summary>Flags of open(2) and the mode of a new file, which counts only if the flags ask for one.</summary>
[SyscallArgument(2)]
internal readonly record struct OpenMode(OpenFlags Flags, uint Mode) : ISyscallArgument<OpenMode>
{
    public static bool TryTake(ref SyscallContext context, int index, out OpenMode argument)
    {
        argument = new OpenMode((OpenFlags)context[index], (uint)context[index + 1]);
        return true;
    }

    public void Trace(TraceLine line, ref SyscallContext context)
    {
        TraceEnums.Write(line, Flags);
        if ((Flags & OpenFlags.O_CREAT) != 0 || (Flags & OpenFlags.O_TMPFILE) == OpenFlags.O_TMPFILE)
            line.Next().Octal(Mode);
    }
}
