using BenchmarkDotNet.Attributes;

namespace Emu.Bench.Micro;

/// <summary>A hot loop of loads and stores under plugins: time per guest instruction.</summary>
public class CallbackBenchmarks
{
    private BenchMachine _machine = null!;

    /// <summary>The plugin as <c>-p</c> takes it; empty for none.</summary>
    [Params("", "empty", "insn", "insn,inline", "mem", "mem,inline")]
    public string Plugin { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => _machine = Plugin.Length == 0 ? new(BenchProgram.MemoryLoop()) : new(BenchProgram.MemoryLoop(), Plugin);

    [Benchmark(OperationsPerInvoke = BenchProgram.LoopInstructions)]
    public void LoadsAndStores() => _machine.Run();

    [GlobalCleanup]
    public void Clean() => _machine.Dispose();
}
