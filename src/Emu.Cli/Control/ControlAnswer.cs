using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emu.Cli.Control;

/// <summary>
/// What a command came to, as it travels: a JSON object in a line. <c>{"ok":true,"text":"…"}</c> with what a person reads, and with the same for programs in further members;
/// <c>{"ok":false,"error":"…"}</c> if nothing was done.
/// </summary>
internal static class ControlAnswer
{
    /// <summary>It was done.</summary>
    /// <param name="text">For people, lines with their ends, or nothing.</param>
    /// <param name="members">Writes what programs read, or null for nothing.</param>
    public static byte[] Done(string text, Action<Utf8JsonWriter>? members = null) => Line(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("text", text);
        members?.Invoke(json);
    });

    /// <summary>Nothing was done.</summary>
    public static byte[] Refused(string error) => Line(json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteString("error", error);
    });

    /// <summary>Reads one, and returns its text.</summary>
    /// <exception cref="EmuFailure">Nothing was done, or it is no answer.</exception>
    public static string TextOf(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.GetProperty("ok").GetBoolean()
                ? root.GetProperty("text").GetString() ?? ""
                : throw new EmuFailure(ExitCodes.Failed, root.GetProperty("error").GetString() ?? "no reason is given");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EmuFailure(ExitCodes.Failed, "whoever answers there is no emulator");
        }
    }

    private static byte[] Line(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        // For programs and people, not for a web page: names stay readable.
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
