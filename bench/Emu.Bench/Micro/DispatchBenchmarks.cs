using BenchmarkDotNet.Attributes;

namespace Emu.Bench.Micro;

/// <summary>Translated code that is hot: time per guest instruction, by what the loop consists of.</summary>
public class DispatchBenchmarks
{
    private readonly BenchMachine _additions = new(BenchProgram.AdditionLoop());
    private readonly BenchMachine _memory = new(BenchProgram.MemoryLoop());
    private readonly BenchMachine _jumps = new(BenchProgram.JumpLoop());
    private readonly BenchMachine _calls = new(BenchProgram.CallLoop());

    [Benchmark(Baseline = true, OperationsPerInvoke = BenchProgram.LoopInstructions)]
    public void Additions() => _additions.Run();

    [Benchmark(OperationsPerInvoke = BenchProgram.LoopInstructions)]
    public void LoadsAndStores() => _memory.Run();

    [Benchmark(OperationsPerInvoke = BenchProgram.LoopInstructions)]
    public void DirectJumps() => _jumps.Run();

    [Benchmark(OperationsPerInvoke = BenchProgram.LoopInstructions)]
    public void CallsAndReturns() => _calls.Run();

    [GlobalCleanup]
    public void Clean()
    {
        foreach (var machine in new[] { _additions, _memory, _jumps, _calls })
            machine.Dispose();
    }
}
