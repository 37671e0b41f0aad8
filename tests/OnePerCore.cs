using TUnit.Core.Interfaces;

[assembly: ParallelLimiter<Emu.Tests.OnePerCore>]

namespace Emu.Tests;

/// <summary>As many tests of a project run at once as there are processors: most of them compute, and the others wait for a process that computes.</summary>
public sealed class OnePerCore : IParallelLimit
{
    public int Limit => Environment.ProcessorCount;
}
