using BenchmarkDotNet.Attributes;
using Emu.Engine.Instrumentation;
using Emu.Engine.Translation;
using Emu.Ir;
using Emu.Ir.Passes;

namespace Emu.Bench.Micro;

/// <summary>
/// Guest code to blocks in the code cache: time and bytes allocated per guest instruction, for the whole way and up to each of
/// its stages. In the steady state nothing may be allocated.
/// </summary>
[MemoryDiagnoser]
public class TranslateBenchmarks
{
    private const int MaxInstructions = 512;

    private readonly BenchMachine _plain = new(BenchProgram.Mix());
    private readonly BenchMachine _watched = new(BenchProgram.Mix(), "empty");
    private readonly IrBuilder _builder = new(new IrBlock());
    private readonly IrPipeline _passes = new();
    private readonly BlockTranslator _translator;
    private readonly BlockTranslator _watchedTranslator;

    public TranslateBenchmarks()
    {
        _translator = new BlockTranslator(_plain.Machine);
        _watchedTranslator = new BlockTranslator(_watched.Machine);
    }

    /// <summary>Decoder and semantics only.</summary>
    [Benchmark(OperationsPerInvoke = BenchProgram.MixInstructions)]
    public int ToIr() => Walk(optimise: false);

    /// <summary>And the passes.</summary>
    [Benchmark(OperationsPerInvoke = BenchProgram.MixInstructions)]
    public int ToOptimisedIr() => Walk(optimise: true);

    /// <summary>And the backend and the code cache.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = BenchProgram.MixInstructions)]
    public unsafe void ToThreadedCode()
    {
        _plain.Machine.FlushCode();
        for (var i = 0; i < BenchProgram.MixInstructions / 8; i++)
            _translator.Translate<NoEvents>(BenchMachine.Start + 32 * (ulong)i);
    }

    /// <summary>The same, shown to a plugin that asks for nothing.</summary>
    [Benchmark(OperationsPerInvoke = BenchProgram.MixInstructions)]
    public unsafe void ToThreadedCodeWithEmptyPlugin()
    {
        _watched.Machine.FlushCode();
        for (var i = 0; i < BenchProgram.MixInstructions / 8; i++)
            _watchedTranslator.Translate<TranslationEvents>(BenchMachine.Start + 32 * (ulong)i);
    }

    [GlobalCleanup]
    public void Clean()
    {
        _plain.Dispose();
        _watched.Dispose();
    }

    private int Walk(bool optimise)
    {
        var count = 0;
        for (var i = 0; i < BenchProgram.MixInstructions / 8; i++)
        {
            _builder.Block.Reset(BenchMachine.Start + 32 * (ulong)i);
            _plain.Machine.Guest.Translate(_builder, _plain.Memory, MaxInstructions);
            if (optimise)
                _passes.Run(_builder.Block);
            count += _builder.Block.Count;
        }

        return count;
    }
}
