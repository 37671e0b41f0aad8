namespace Emu.Ir.Reference.RandomBlocks;

/// <summary>Random content for registers and memory, fit for a random block.</summary>
public static class RandomState
{
    /// <summary>Fills the registers; some point into the memory, so that accesses hit it.</summary>
    public static void Fill(Random random, RandomBlockOptions options, ReferenceState state)
    {
        foreach (var register in options.Registers)
            state[register] = random.OneIn(3)
                ? options.MemoryStart + (ulong)random.Next(options.MemorySize - 8)
                : random.NextInteger();
        foreach (var register in options.FloatRegisters)
            state[register] = random.NextFloat();
        // Now and then a mode that does not exist: float ops that use it trap.
        state.RoundingMode = (uint)(random.OneIn(16) ? 5 : random.Next(5));
    }

    /// <summary>A memory with random content, of which the last quarter can only be read.</summary>
    public static ReferenceMemory NewMemory(Random random, RandomBlockOptions options)
    {
        var memory = new ReferenceMemory(options.MemoryStart, options.MemorySize);
        random.NextBytes(memory.Bytes);
        memory.WritableSize = options.MemorySize / 4 * 3;
        return memory;
    }
}
