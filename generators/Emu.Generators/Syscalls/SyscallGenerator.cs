using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Syscalls;

/// <summary>
/// Finds the methods with <c>[Syscall(number)]</c> and writes the dispatch: arguments from registers by parameter type, the call, and the trace line.
/// A <c>.syscalls</c> table gives the names, and the numbers that the host knows the calls by.
/// </summary>
[Generator]
public sealed class SyscallGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var calls = context.SyntaxProvider
            .ForAttributeWithMetadataName(SyscallReader.SyscallAttribute, static (_, _) => true, static (item, _) => SyscallReader.Read(item))
            .Collect()
            .Select(static (items, _) => new EquatableArray<SyscallModel>(items));
        var names = context.AdditionalTextsProvider
            .Where(static file => Path.GetExtension(file.Path) == ".syscalls")
            .SelectMany(static (file, cancel) => file.GetText(cancel) is { } text ? TableRow.Parse(file.Path, text) : [])
            .Select(static (row, _) => new SyscallNameRow(row))
            .Collect()
            .Select(static (rows, _) => new EquatableArray<SyscallNameRow>(rows));
        context.RegisterSourceOutput(calls.Combine(names), static (output, both) =>
        {
            var (found, rows) = both;
            if (found.Length == 0)
                return;
            var sound = SyscallDiagnostics.Check(output, found, rows);
            output.AddSource("SyscallTable.g.cs", SyscallWriter.Table(sound));
            output.AddSource("SyscallNames.g.cs", SyscallNameWriter.Names(rows));
            output.AddSource("HostCall.g.cs", SyscallNameWriter.HostCalls(rows));
            output.AddSource("TraceEnums.g.cs", SyscallWriter.Enums(sound));
        });
    }
}
