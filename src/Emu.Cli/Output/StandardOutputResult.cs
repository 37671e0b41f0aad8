using System.Runtime.InteropServices;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Cli.Output;

/// <summary>How Emu ends after it has answered a question, such as <c>--help</c>, on standard output.</summary>
internal static class StandardOutputResult
{
    private const int BrokenPipe = 32; // EPIPE
    private const int PipeSignal = 13; // SIGPIPE

    /// <summary>The exit code: 0 if all was written. Ends by SIGPIPE if the reader has gone, as every program does; the runtime ignores that signal.</summary>
    /// <exception cref="EmuFailure">Something else was in the way.</exception>
    public static int Take()
    {
        var error = DescriptorWriter.StandardOutput.Failure;
        if (error == BrokenPipe)
            HostSignals.Follow(new GuestExit(0, PipeSignal));
        return error == 0 ? 0 : throw new EmuFailure(ExitCodes.Failed, $"cannot write to standard output: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
