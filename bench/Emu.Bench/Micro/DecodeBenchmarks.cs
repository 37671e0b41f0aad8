using BenchmarkDotNet.Attributes;
using Emu.Guest.RiscV;

namespace Emu.Bench.Micro;

/// <summary>Instruction words to opcodes: time per instruction.</summary>
public class DecodeBenchmarks
{
    private readonly byte[] _code = BenchProgram.Mix();

    [Benchmark(OperationsPerInvoke = BenchProgram.MixInstructions)]
    public int Decode()
    {
        var sum = 0;
        var code = _code.AsSpan();
        for (var i = 0; i < BenchProgram.MixInstructions; i++)
            sum += (int)Instruction.Decode(code[(4 * i)..]).Opcode;
        return sum;
    }
}
