using System.Text;
using BenchmarkDotNet.Attributes;
using ZLinq;

namespace Emu.Bench.Micro;

/// <summary>
/// From the 50,000 rows of an ELF symbol table that was read, half of them functions, to functions in the order of their addresses: a query of ZLinq's,
/// the same with System.Linq, and the names alone, which both have to make.
/// </summary>
[MemoryDiagnoser]
public class SymbolQueryBenchmarks
{
    private const int Symbols = 50_000;

    private readonly Symbol[] _symbols = new Symbol[Symbols];
    private byte[] _names = [];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        var names = new StringBuilder("\0");
        for (var i = 0; i < Symbols; i++)
        {
            _symbols[i] = new Symbol((uint)names.Length, (byte)(i & 1) + 1, (ulong)random.Next(), 16);
            names.Append("function_").Append(i).Append('\0');
        }

        _names = Encoding.UTF8.GetBytes(names.ToString());
    }

    [Benchmark(Baseline = true)]
    public (ulong Start, ulong End, string Name)[] Linq()
    {
        var functions = _symbols.Where(IsFunction).Select(symbol => (symbol.Value, symbol.Size, Name: NameAt(symbol.Name)))
            .Where(static function => function.Name.Length > 0).OrderBy(static function => function.Value).ToArray();
        return [.. functions.Select(static (function, _) => (function.Value, function.Value + function.Size, function.Name))];
    }

    [Benchmark]
    public (ulong Start, ulong End, string Name)[] ZLinq()
    {
        var functions = _symbols.AsValueEnumerable().Where(IsFunction).Select(symbol => (symbol.Value, symbol.Size, Name: NameAt(symbol.Name)))
            .Where(static function => function.Name.Length > 0).OrderBy(static function => function.Value).ToArray();
        for (var i = 0; i < functions.Length; i++)
            functions[i] = (functions[i].Value, functions[i].Value + functions[i].Size, functions[i].Name);
        return functions;
    }

    [Benchmark]
    public int NamesAlone()
    {
        var letters = 0;
        foreach (var symbol in _symbols)
            if (IsFunction(symbol))
                letters += NameAt(symbol.Name).Length;
        return letters;
    }

    private static bool IsFunction(Symbol symbol) => (symbol.Type & 15) == 2;

    private string NameAt(uint offset)
    {
        var text = _names.AsSpan((int)offset);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }

    private readonly record struct Symbol(uint Name, int Type, ulong Value, ulong Size);
}
