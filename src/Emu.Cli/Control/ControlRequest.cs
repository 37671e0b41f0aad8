using System.Text;
using System.Text.Json;
using Emu.Linux.Host;

namespace Emu.Cli.Control;

/// <summary>A command as it travels: a JSON object in a line, <c>{"command":"load","arguments":["insn,inline"],"form":"text"}</c>. The last two may be left out.</summary>
/// <param name="Command">The command.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Form">In what form a report is wanted: text, json or csv.</param>
internal sealed record ControlRequest(string Command, IReadOnlyList<string> Arguments, string Form)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="EmuFailure">It is none; the message says why.</exception>
    public static ControlRequest Parse(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("command", out var command) || command.ValueKind != JsonValueKind.String)
                throw Refused("it has no member 'command' that is a text");
            var form = root.TryGetProperty("form", out var wanted) ? TextOf(wanted, "form") : "text";
            return new ControlRequest(command.GetString()!, ArgumentsOf(root), form);
        }
        catch (JsonException error)
        {
            throw Refused($"it is no JSON at byte {error.BytePositionInLine ?? 0}");
        }
    }

    /// <summary>The line, without its end.</summary>
    public byte[] ToLine()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("command", Command);
            json.WriteStartArray("arguments");
            foreach (var argument in Arguments)
                // Bytes that are no text would not survive the way.
                json.WriteStringValue(Encoding.UTF8.GetString(RawText.Encode(argument)));
            json.WriteEndArray();
            json.WriteString("form", Form);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static List<string> ArgumentsOf(JsonElement root)
    {
        var texts = new List<string>();
        if (!root.TryGetProperty("arguments", out var arguments))
            return texts;
        if (arguments.ValueKind != JsonValueKind.Array)
            throw Refused("its member 'arguments' is no array of texts");
        foreach (var argument in arguments.EnumerateArray())
            texts.Add(TextOf(argument, "arguments"));
        return texts;
    }

    private static string TextOf(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Refused($"its member '{member}' holds something that is no text");

    private static EmuFailure Refused(string reason) =>
        new(ExitCodes.Failed, $"the line is no request: {reason}; send {{\"command\":\"help\"}}");
}
