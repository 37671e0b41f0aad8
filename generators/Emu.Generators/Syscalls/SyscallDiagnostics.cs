using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Syscalls;

/// <summary>What can be wrong with the declarations of system calls.</summary>
internal static class SyscallDiagnostics
{
    private static readonly DiagnosticDescriptor BadSignature = Error("EMUSYS001", "Bad signature of a system call", "system call '{0}': {1}");

    private static readonly DiagnosticDescriptor BadParameter = Error(
        "EMUSYS002", "Bad parameter of a system call", "system call '{0}': parameter '{1}' of type '{2}' is no integer, no enum and has no [SyscallArgument]");

    private static readonly DiagnosticDescriptor Duplicate = Error(
        "EMUSYS003", "System call declared twice", "system call '{0}': number {1} is already taken by '{2}'");

    private static readonly DiagnosticDescriptor TooManyWords = Error(
        "EMUSYS004", "Too many arguments", "system call '{0}' takes {1} argument registers; there are 6");

    private static readonly DiagnosticDescriptor WrongName = Error(
        "EMUSYS005", "Name and number disagree", "system call '{0}': number {1} is '{2}' in the table of names");

    private static readonly DiagnosticDescriptor BadRow = Error(
        "EMUSYS006", "Bad row in a table of system calls", "a row is 'generic number | name | x86-64 number or -', each generic number once: '{0}'");

    /// <summary>The sound calls, each number once, after reporting the others.</summary>
    public static List<SyscallModel> Check(SourceProductionContext output, EquatableArray<SyscallModel> calls, EquatableArray<SyscallNameRow> rows)
    {
        var names = new Dictionary<int, string>();
        foreach (var row in rows)
            if (!row.IsSound || names.ContainsKey(row.Number))
                output.ReportDiagnostic(Diagnostic.Create(BadRow, row.Row.Location, string.Join(" | ", row.Row.Cells)));
            else
                names.Add(row.Number, row.Name);
        var sound = new Dictionary<int, SyscallModel>();
        foreach (var call in calls)
            if (Problem(call, names, sound) is { } problem)
                output.ReportDiagnostic(problem);
            else
                sound.Add(call.Number, call);
        return [.. sound.Values.OrderBy(static call => call.Number)];
    }

    private static Diagnostic? Problem(SyscallModel call, Dictionary<int, string> names, Dictionary<int, SyscallModel> sound)
    {
        var words = call.Parameters.Sum(static parameter => parameter.Words);
        if (call.Problem is not null)
            return Diagnostic.Create(BadSignature, call.Place.Location, call.Method, call.Problem);
        foreach (var parameter in call.Parameters)
            if (parameter.Form == ParameterForm.Unknown)
                return Diagnostic.Create(BadParameter, call.Place.Location, call.Method, parameter.Name, parameter.Type.Replace("global::", ""));
        if (words > 6)
            return Diagnostic.Create(TooManyWords, call.Place.Location, call.Method, words);
        if (sound.TryGetValue(call.Number, out var other))
            return Diagnostic.Create(Duplicate, call.Place.Location, call.Method, call.Number, other.Method);
        if (!names.TryGetValue(call.Number, out var name) || !IsSameName(call.Method, name))
            return Diagnostic.Create(WrongName, call.Place.Location, call.Method, call.Number, name ?? "not there");
        return null;
    }

    /// <summary>Methods are written in the house's case: <c>clock_gettime</c> is <c>ClockGettime</c>.</summary>
    private static bool IsSameName(string method, string name) => string.Equals(method, name.Replace("_", ""), StringComparison.OrdinalIgnoreCase);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Emu.Syscalls", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
