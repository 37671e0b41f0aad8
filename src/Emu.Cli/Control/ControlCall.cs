using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Linux.Control;
using Emu.Linux.Host;

namespace Emu.Cli.Control;

/// <summary><c>--ctl</c>: this process is the client of another emulator.</summary>
internal static class ControlCall
{
    /// <summary>Has the emulator at that socket do a command, and prints what it says.</summary>
    /// <exception cref="EmuFailure">Nobody answers there, or the command was refused.</exception>
    public static void Make(string socket, string[] words, string form)
    {
        if (words.Length == 0)
            throw new EmuFailure(ExitCodes.Failed, $"no command is given; try 'emu --ctl {socket} help'");
        if (!ListenAddress.TryPath(socket, out var address, out var error))
            throw new EmuFailure(ExitCodes.Failed, $"the socket '{socket}' of --ctl cannot be used: {error}");
        _ = ReportForms.Parse(form);
        var answer = ControlClient.Ask(address, new ControlRequest(words[0], words[1..], form).ToLine());
        DescriptorWriter.StandardOutput.Write(ControlAnswer.TextOf(answer));
    }
}
