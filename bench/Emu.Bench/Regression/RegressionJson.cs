using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Emu.Bench.Regression;

/// <summary>How baseline and history are written: the numbers of a row on one line, for diffs.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(OneLineNumbers)], RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Baseline))]
[JsonSerializable(typeof(History))]
internal sealed partial class RegressionJson : JsonSerializerContext
{
    private sealed class OneLineNumbers : JsonConverter<double[]>
    {
        public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("samples are no array");
            var numbers = new List<double>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                numbers.Add(reader.TokenType == JsonTokenType.Number && reader.GetDouble() is > 0 and var number ? number : throw new JsonException("a sample is no positive number"));
            return [.. numbers];
        }

        public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) =>
            writer.WriteRawValue($"[{string.Join(", ", value.Select(static number => number.ToString("0.#####", CultureInfo.InvariantCulture)))}]");
    }
}
