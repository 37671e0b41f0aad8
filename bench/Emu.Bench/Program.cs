using System.CommandLine;
using System.ComponentModel;
using Emu.Bench.Commands;

var root = new RootCommand("Benchmarks of Emu: whole guest programs beside qemu-riscv64, start-up time, micro benchmarks, and the regression gate.");
root.Subcommands.Add(GuestsCommand.Create());
root.Subcommands.Add(StartupCommand.Create());
root.Subcommands.Add(ProcessesCommand.Create());
root.Subcommands.Add(HandlersCommand.Create());
root.Subcommands.Add(MicroCommand.Create());
root.Subcommands.Add(RegressCommand.Create());
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or Win32Exception)
{
    // A missing emulator, an unknown guest, a guest that failed: the message says it all.
    Console.Error.WriteLine($"Emu.Bench: error: {e.Message}");
    return 1;
}
