using Emu.Cli;
using Emu.Cli.CommandLine;
using Emu.Cli.Running;

try
{
    return new EmuCommand().Parse(args) is { } options ? GuestRun.Run(options) : 0;
}
catch (EmuFailure failure)
{
    Console.Error.WriteLine($"emu: error: {failure.Message}");
    return failure.ExitCode;
}
