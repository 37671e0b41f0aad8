using System.Globalization;
using System.Text;

namespace Emu.Ir.Text;

/// <summary>The text of a hook: one line with a field for each part that is not zero.</summary>
internal static class IrHookText
{
    /// <summary>Appends the hook's line.</summary>
    public static void Print(in IrHook hook, StringBuilder text)
    {
        text.Append("  hook");
        Append("callback", hook.Callback, text);
        Append("plugin", hook.Plugin, text);
        Append("data", hook.UserData, text);
        Append("entry", hook.Entry, text);
        Append("stride", hook.Stride, text);
        Append("value", (long)hook.Immediate, text);
        Append("displacement", hook.Displacement, text);
        if (hook.Globals != IrGlobalUse.None)
            text.Append(" globals=").Append(hook.Globals);
        if (hook.Condition != IrHookCondition.Always)
            text.Append(" if=").Append(hook.Condition);
        if (hook.Trace is { } trace)
            IrTraceText.Print(trace, text);
        if (hook.Owner is { } owner)
            text.Append(" owner=\"").Append(owner.Replace("\\", @"\\").Replace("\"", "\\\"")).Append('"');
        text.Append('\n');
    }

    /// <summary>Reads the fields up to the end of the line.</summary>
    public static IrHook Parse(IrScanner line)
    {
        var hook = new IrHook();
        while (!line.AtEnd)
        {
            line.MarkToken();
            var field = line.Word("a field of the hook");
            line.Expect('=');
            switch (field)
            {
                case "callback": hook.Callback = (int)line.Number(); break;
                case "plugin": hook.Plugin = (nint)line.Number(); break;
                case "data": hook.UserData = (nint)line.Number(); break;
                case "entry": hook.Entry = (nint)line.Number(); break;
                case "stride": hook.Stride = (int)line.Number(); break;
                case "value": hook.Immediate = line.Number(); break;
                case "displacement": hook.Displacement = (long)line.Number(); break;
                case "globals": hook.Globals = line.Enum<IrGlobalUse>("what is done with globals"); break;
                case "if": hook.Condition = line.Enum<IrHookCondition>("a condition"); break;
                case "trace": hook.Trace = IrTraceText.Parse(line); break;
                case "owner": hook.Owner = line.Quoted(); break;
                default: throw line.Error($"a hook has no field '{field}'");
            }
        }

        return hook;
    }

    private static void Append(string field, long value, StringBuilder text)
    {
        if (value != 0)
            text.Append(CultureInfo.InvariantCulture, $" {field}={(value is < 0 and > -4096 ? $"-0x{-value:x}" : $"0x{value:x}")}");
    }
}
