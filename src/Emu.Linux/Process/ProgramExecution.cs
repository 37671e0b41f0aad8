using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Process;

/// <summary>
/// execve(2): the host process executes the emulator's own file with the program and the options of now, so that the host's kernel does all that belongs to it; or the program itself, if
/// it is for the host. All errors that can be known are found before.
/// </summary>
internal sealed class ProgramExecution(LinuxProcess process, LinuxThread thread)
{
    private const int MaxInterpreters = 5; // BINPRM_MAX_RECURSION and the program itself

    /// <summary>Does not return if the program runs.</summary>
    /// <param name="path">The program's host path, without a terminating zero.</param>
    /// <param name="name">What scripts are called by their interpreter.</param>
    /// <param name="arguments">Its arguments, the name first.</param>
    /// <param name="environment">Its environment.</param>
    public SysResult Run(byte[] path, byte[] name, List<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        if (process.Options.Execution is not { } how || how.Mode == ExecutionMode.Deny)
            return Errno.EACCES;
        if (arguments.Count == 0)
            arguments.Add([]); // as Linux has it since 5.18
        for (var depth = 0; depth < MaxInterpreters; depth++)
        {
            var error = ExecutableFile.Read(path, process.Guest, process.Sysroot, out var file);
            if (error != 0)
                return error;
            if (file.Interpreter.Length == 0)
                return file.IsForGuest ? RunInEmulator(how, path, arguments, environment)
                    : how.Mode == ExecutionMode.Native ? RunOnHost(path, arguments, environment)
                    : Errno.ENOEXEC;
            arguments = [file.Interpreter, .. file.InterpreterArgument.Length > 0 ? [file.InterpreterArgument] : Array.Empty<byte[]>(), name, .. arguments[1..]];
            name = file.Interpreter;
            path = process.Sysroot.Locate(file.Interpreter);
        }

        return Errno.ELOOP;
    }

    private SysResult RunInEmulator(ExecutionOptions how, byte[] path, List<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        LinuxProcess.TellExecuting(thread, path, arguments);
        List<byte[]> command = [.. how.Arguments, "--argv0"u8.ToArray(), arguments[0]];
        // The runtime changes what is done on SIGPIPE before any code of ours can ask for it.
        if (process.Signals[Signals.Signal.SIGPIPE].Handler == Signals.SignalAction.Ignore)
            command.Add("--ignore-sigpipe"u8.ToArray());
        command.AddRange(["--"u8.ToArray(), path, .. arguments[1..]]);
        return Execute(how.Emulator, [], command, environment, HostFiles.EmptyPath);
    }

    private SysResult RunOnHost(byte[] path, List<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        LinuxProcess.TellExecuting(thread, path, arguments);
        return Execute(HostFiles.CurrentDirectory, path, arguments, environment, 0);
    }

    private unsafe SysResult Execute(int directory, byte[] path, List<byte[]> arguments, IReadOnlyList<byte[]> environment, int flags)
    {
        if (!thread.IsSharedChild)
            process.Options.Executing?.Invoke();
        var scratch = thread.Scratch;
        return Kernel.Guest(
            HostCall.Execveat, directory, scratch.Copy(path), Pointers(scratch, arguments), Pointers(scratch, environment), flags);
    }

    private static unsafe nint Pointers(ScratchMemory scratch, IReadOnlyList<byte[]> texts)
    {
        var pointers = (nint*)scratch.Allocate((texts.Count + 1) * sizeof(nint));
        for (var i = 0; i < texts.Count; i++)
            pointers[i] = scratch.Copy(texts[i]);
        pointers[texts.Count] = 0;
        return (nint)pointers;
    }
}
