using Emu.Generators.Shared;

namespace Emu.Generators.Ir;

/// <summary>The texts made from <c>Ir.ops</c>.</summary>
internal static class IrWriter
{
    public static string OpEnum(EquatableArray<IrOpRow> rows)
    {
        var writer = Start().Summary("The operations of the IR; each is a row of Ir.ops.").Open("public enum IrOp : byte");
        foreach (var row in rows)
            writer.Summary(row.Summary).Line(row.Name + ",");
        return writer.Close().ToString();
    }

    public static string Properties(EquatableArray<IrOpRow> rows)
    {
        var writer = Start()
            .Summary("What the passes, the verifier and the printer know of an op.")
            .Open("public static partial class IrOps")
            .Summary("Number of ops.")
            .Line($"public const int Count = {rows.Length};")
            .Line($"private static ReadOnlySpan<ushort> PropertyTable => [");
        foreach (var row in rows)
            writer.Line($"    (ushort)({string.Join(" | ", row.Properties.Select(word => "IrProperties." + Pascal(word)).DefaultIfEmpty("IrProperties.None"))}),");
        writer.Line("];").Line("private static ReadOnlySpan<byte> OperandTable => [");
        foreach (var row in rows)
            writer.Line($"    (byte)({string.Join(" | ", row.Operands.Select(OperandFlag).DefaultIfEmpty("IrOperands.None"))}),");
        return writer.Line("];").Close().ToString();
    }

    public static string Builder(EquatableArray<IrOpRow> rows)
    {
        var writer = Start().Open("public sealed partial class IrBuilder");
        foreach (var row in rows)
        {
            var parameters = row.Operands.Where(word => word != "d").Select(Parameter).ToList();
            parameters.Add("IrFlags flags = IrFlags.None");
            writer.Summary(row.Summary).Open($"public {(row.Has("d") ? "IrValue" : "void")} {row.Name}({string.Join(", ", parameters)})");
            writer.Line($"ref var insn = ref Block.Append(IrOp.{row.Name});");
            foreach (var word in row.Operands)
                writer.Line(word switch
                {
                    "d" => "insn.Dst = Block.NewTemp();",
                    "size" => "insn.Size = (byte)size;",
                    _ => $"insn.{Pascal(word)} = {word};",
                });
            writer.Line("insn.Flags = flags;");
            if (row.Has("d"))
                writer.Line("return insn.Dst;");
            writer.Close();
        }
        return writer.Close().ToString();
    }

    public static string Evaluator(EquatableArray<IrOpRow> rows)
    {
        var writer = Start()
            .Summary("The values of the pure integer ops: constant folding and the reference interpreter share them.")
            .Open("public static class IrEvaluator")
            .Summary("The result of a pure op, from the value cell of its row; false if the row has none.")
            .Open("public static bool TryEvaluate(IrOp op, ulong a, ulong b, ulong c, out ulong value)")
            .Open("unchecked").Open("switch (op)");
        foreach (var row in rows)
            if (row.Value is { } value)
                writer.Line($"case IrOp.{row.Name}: value = {value}; return true;");
        return writer.Line("default: value = 0; return false;").Close().Close().Close().Close().ToString();
    }

    /// <summary>Each pure op with a value as a struct type, for code that is generic over the operation, and a visitor over all of them.</summary>
    public static string Values(EquatableArray<IrOpRow> rows)
    {
        var writer = new SourceWriter().Line("namespace Emu.Ir.Values;").Line();
        var pure = rows.Where(row => row.Value is not null).ToList();
        foreach (var row in pure)
        {
            var operands = row.Operands.Where(word => word.Length == 1 && word != "d").ToList();
            writer.Summary(row.Summary).Open($"public readonly struct {row.Name} : {ValueInterface(operands.Count)}")
                .Line("/// <inheritdoc/>").Line($"public static IrOp Op => IrOp.{row.Name};").Line("/// <inheritdoc/>")
                .Line("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]")
                .Line($"public static ulong Apply({string.Join(", ", operands.Select(word => "ulong " + word))}) => unchecked({row.Value});")
                .Close();
        }

        writer.Summary("Shows every value type to a visitor, so that tables of generic instantiations can be filled ahead of time.")
            .Open("public static class IrValueTypes");
        foreach (var (name, count) in new[] { ("Unary", 1), ("Binary", 2) })
        {
            writer.Summary($"Visits the ops with {count} operand(s).")
                .Open($"public static void Visit{name}<TVisitor>(ref TVisitor visitor) where TVisitor : struct, I{name}Visitor");
            foreach (var row in pure.Where(row => row.Operands.Count(word => word.Length == 1 && word != "d") == count))
                writer.Line($"visitor.Visit<{row.Name}>();");
            writer.Close();
        }

        return writer.Close().ToString();
    }

    private static string ValueInterface(int operands) => operands switch
    {
        1 => "IUnaryValue",
        2 => "IBinaryValue",
        _ => "ITernaryValue",
    };

    private static SourceWriter Start() => new SourceWriter().Line("namespace Emu.Ir;").Line();

    private static string Parameter(string word) => word switch
    {
        "imm" => "long imm",
        "size" => "int size",
        _ => "IrValue " + word,
    };

    private static string OperandFlag(string word) => "IrOperands." + (word == "d" ? "Dst" : Pascal(word));

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);
}
