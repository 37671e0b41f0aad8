using Emu.Generators.Shared;

namespace Emu.Generators.Syscalls;

/// <summary>The texts made from the declarations of system calls.</summary>
internal static class SyscallWriter
{
    public static string Table(IReadOnlyList<SyscallModel> calls)
    {
        var writer = Start()
            .Summary("From a system call's number to its method.")
            .Open("internal static partial class SyscallTable")
            .Summary("Makes the call; a number that nobody answers goes to Unknown.")
            .Open("public static SysResult Dispatch(ref SyscallContext context, ulong number)")
            .Open("switch (number)");
        foreach (var call in calls)
            writer.Line($"case {call.Number}: return Call{call.Number}(ref context);");
        writer.Line("default: return Unknown(ref context, number);").Close().Close();
        foreach (var call in calls)
            WriteCall(writer.Line(), call);
        return writer.Close().ToString();
    }

    public static string Enums(IReadOnlyList<SyscallModel> calls)
    {
        var writer = Start().Summary("Enum parameters as text, from their members.").Open("internal static class TraceEnums");
        foreach (var model in calls.SelectMany(static call => call.Enums).GroupBy(static model => model.Type).Select(static group => group.First()))
        {
            writer.Open($"public static void Write(global::Emu.Linux.Trace.TraceLine line, {model.Type} value)");
            writer.Line($"line.{(model.IsFlags ? "Flags" : "Choice")}((long)value, {model.ChoiceMask}L, [");
            foreach (var member in model.Members)
                writer.Line($"    new({member.Value}L, \"{member.Name}\"),");
            writer.Line("]);").Close();
        }

        return writer.Close().ToString();
    }

    private static void WriteCall(SourceWriter writer, SyscallModel call)
    {
        writer.Open($"private static SysResult Call{call.Number}(ref SyscallContext context)");
        var checks = new List<string>();
        for (var (index, word) = (0, 0); index < call.Parameters.Length; word += call.Parameters[index++].Words)
        {
            var parameter = call.Parameters[index];
            if (parameter.Form == ParameterForm.Argument)
                checks.Add($"{parameter.Type}.TryTake(ref context, {word}, out var {Local(parameter)})");
            else
                writer.Line($"var {Local(parameter)} = ({parameter.Type})context[{word}];");
        }

        var invocation = $"{call.Type}.{call.Method}(ref context{string.Concat(call.Parameters.Select(static parameter => ", " + Local(parameter)))})";
        if (checks.Count > 0)
        {
            writer.Line($"var sound = {string.Join(" & ", checks)};");
            invocation = $"sound ? {invocation} : SysResult.Fault";
        }

        if (call.Returns == "Never")
        {
            WriteTrace(writer, call, checks.Count > 0, "SysResult.None");
            writer.Line($"return {invocation};");
        }
        else
        {
            writer.Line($"var result = {invocation};");
            WriteTrace(writer, call, checks.Count > 0, "result");
            writer.Line("return result;");
        }

        writer.Close();
    }

    private static void WriteTrace(SourceWriter writer, SyscallModel call, bool isChecked, string result)
    {
        writer.Open("if (context.Trace is { } trace)");
        writer.Line($"var line = trace.Begin(SyscallNames.Of({call.Number}), {result});");
        for (var (index, word) = (0, 0); index < call.Parameters.Length; word += call.Parameters[index++].Words)
        {
            var local = Local(call.Parameters[index]);
            writer.Line(call.Parameters[index].Form switch
            {
                ParameterForm.Enum => $"TraceEnums.Write(line.Next(), {local});",
                ParameterForm.Integer => $"line.Next().Number({local});",
                _ when !isChecked => $"{local}.Trace(line.Next(), ref context);",
                _ => $"if (sound) {local}.Trace(line.Next(), ref context); else line.Next().Address(context[{word}]);",
            });
        }

        writer.Line($"trace.End(line, {result}, SyscallReturns.{call.Returns});").Close();
    }

    /// <summary>Names of parameters must not meet those that the generated method has itself.</summary>
    private static string Local(ParameterModel parameter) => parameter.Name + "Argument";

    private static SourceWriter Start() => new SourceWriter().Line("namespace Emu.Linux.Calls;").Line();
}
