using Microsoft.Win32.SafeHandles;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Launching;

/// <summary>
/// A process with all its signals at their defaults, which the framework's own class cannot start: it would hand on the test runner's ignored SIGPIPE, and does not
/// tell a killed process from one that exits with 128 and more.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Kill = 9;

    private readonly TimeSpan _longest;
    private readonly Timer _limit;
    private readonly Task<byte[]> _output;
    private readonly Task<byte[]> _error;
    private readonly TaskCompletionSource _firstOutput = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _hasEnded;
    private bool _tookTooLong;

    /// <summary>Starts it.</summary>
    public ChildProcess(Launch launch)
    {
        var ((inputRead, inputWrite), (outputRead, outputWrite), (errorRead, errorWrite)) = (NativeSpawn.Pipe(), NativeSpawn.Pipe(), NativeSpawn.Pipe());
        Id = NativeSpawn.Start(launch, inputRead, outputWrite, errorWrite);
        foreach (var handed in (SafeFileHandle[])[inputRead, outputWrite, errorWrite])
            handed.Dispose();
        _ = Task.Run(() => Feed(inputWrite, launch.Input));
        _output = Task.Run(() => Drain(outputRead, _firstOutput));
        _error = Task.Run(() => Drain(errorRead, null));
        _longest = launch.Longest;
        _limit = new Timer(_ => StopLate(), null, _longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its process id.</summary>
    public int Id { get; }

    /// <summary>Waits until it has written something to standard output or has closed it.</summary>
    public void WaitForOutput() => _firstOutput.Task.Wait();

    /// <summary>Sends a signal, if the process has not ended.</summary>
    public void Send(int signal)
    {
        lock (_gate)
            if (!_hasEnded)
                NativeSpawn.Send(Id, signal);
    }

    /// <summary>Waits for its end and collects all that it wrote.</summary>
    public Outcome WaitForEnd()
    {
        var (output, error) = (_output.Result, _error.Result);
        NativeSpawn.WaitUntilEnded(Id);
        int exitCode, signal;
        lock (_gate)
        {
            (exitCode, signal) = NativeSpawn.Reap(Id);
            _hasEnded = true;
        }

        Assert.False(_tookTooLong, $"process was killed after {_longest}");
        return new Outcome(exitCode, signal, output, error);
    }

    public void Dispose()
    {
        _limit.Dispose();
        Send(Kill);
    }

    private void StopLate()
    {
        _tookTooLong = true;
        Send(Kill);
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
