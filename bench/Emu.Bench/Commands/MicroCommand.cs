using System.CommandLine;
using BenchmarkDotNet.Running;
using Emu.Bench.Micro;

namespace Emu.Bench.Commands;

/// <summary><c>micro</c>: BenchmarkDotNet over the stages of the engine; what follows belongs to BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var rest = new Argument<string[]>("arguments") { Description = "Options of BenchmarkDotNet, such as --filter '*Decode*'.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("micro", "Micro benchmarks: decode, translate, dispatch, callbacks.") { TreatUnmatchedTokensAsErrors = false };
        command.Arguments.Add(rest);
        command.SetAction(result =>
        {
            string[] arguments = [.. result.GetValue(rest) ?? [], .. result.UnmatchedTokens];
            BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, InProcess.Config);
            return 0;
        });
        return command;
    }
}
