using Emu.Cli;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Cli.Running;
using Emu.Linux.Host;
using ZLinq;

try
{
    HostDescriptors.SetRuntimeAside();
    // Not the runtime's strings: what is not UTF-8 would be lost in them.
    var arguments = Array.ConvertAll(RawText.HostArguments()[1..], static argument => RawText.Decode(argument));
    if (EmuCommand.Parse(arguments) is { } options)
    {
        if (options.Recording is { } recording)
            return ReplayedRun.Run(recording, options);
        GuestRun.Run(options);
    }

    return StandardOutputResult.Take();
}
catch (EmuFailure failure)
{
    return Fail(failure.ExitCode, failure.Message);
}
catch (IOException error)
{
    return Fail(ExitCodes.Failed, error.Message);
}
catch (Exception error)
{
    // Whatever it is, the user gets a line and not a stack of addresses.
    return Fail(ExitCodes.Failed, $"{error.GetType().Name}: {error.Message}");
}

static int Fail(int exitCode, string message)
{
    // Names of files and options come from outside; control characters in them must not break the line.
    var line = message.AsValueEnumerable().Select(static character => char.IsControl(character) ? '?' : character).JoinToString("");
    DescriptorWriter.StandardError.WriteLine($"emu: error: {line}");
    return exitCode;
}
