using Microsoft.Win32.SafeHandles;

namespace Emu.Children;

/// <summary>A process that runs, with all its signals at their defaults. It is killed at the latest when this is disposed.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly RunningProcess _process;
    private readonly Task<byte[]> _output;
    private readonly Task<byte[]> _error;
    private readonly TaskCompletionSource _firstOutput = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started; the message names it.</exception>
    public ChildProcess(Launch launch)
    {
        var ((inputRead, inputWrite), (outputRead, outputWrite), (errorRead, errorWrite)) = (NativeSpawn.Pipe(), NativeSpawn.Pipe(), NativeSpawn.Pipe());
        using (inputRead)
        using (outputWrite)
        using (errorWrite)
            _process = new RunningProcess(NativeSpawn.Start(launch, inputRead, outputWrite, errorWrite), launch);
        _ = Task.Run(() => Feed(inputWrite, launch.Input));
        _output = Task.Run(() => Drain(outputRead, _firstOutput));
        _error = Task.Run(() => Drain(errorRead, null));
    }

    /// <summary>Waits until it has written something to standard output or has closed it.</summary>
    public void WaitForOutput() => _firstOutput.Task.Wait();

    /// <summary>Waits until one of its threads is blocked in a system call, or it has ended.</summary>
    /// <param name="call">What the line of <c>/proc/PID/task/TID/syscall</c> begins with: number and arguments, see proc(5).</param>
    public void WaitForCall(string call)
    {
        while (!_output.IsCompleted && !IsIn(call))
            Thread.Sleep(10);
    }

    /// <summary>Sends a signal, if the process has not ended.</summary>
    public void Send(int signal) => _process.Send(signal);

    /// <summary>Waits for its end and collects all that it wrote.</summary>
    /// <exception cref="TimeoutException">It was killed after <see cref="Launch.Longest"/>.</exception>
    public Outcome WaitForEnd()
    {
        var (output, error) = (_output.Result, _error.Result);
        var (exitCode, signal, _) = _process.WaitForEnd();
        return new Outcome(exitCode, signal, output, error);
    }

    public void Dispose() => _process.Dispose();

    private bool IsIn(string call)
    {
        try
        {
            return Array.Exists(Directory.GetDirectories($"/proc/{_process.Id}/task"), thread => File.ReadAllText(thread + "/syscall").StartsWith(call, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // A thread has ended meanwhile.
            return false;
        }
    }

    private static void Feed(SafeFileHandle pipe, byte[] input)
    {
        using var stream = new FileStream(pipe, FileAccess.Write, 0);
        try
        {
            stream.Write(input);
        }
        catch (IOException)
        {
            // The process did not read all of it, as it may.
        }
    }

    private static byte[] Drain(SafeFileHandle pipe, TaskCompletionSource? first)
    {
        using var stream = new FileStream(pipe, FileAccess.Read, 0);
        using var all = new MemoryStream();
        var part = new byte[65536];
        while (stream.Read(part) is var count and > 0)
        {
            all.Write(part, 0, count);
            first?.TrySetResult();
        }

        first?.TrySetResult();
        return all.ToArray();
    }
}
