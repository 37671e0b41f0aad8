using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Emu.Bench.Micro;

/// <summary>
/// How the micro benchmarks run: in this process, which was compiled with the optimisations that threaded code needs (tail calls, no tiering). The
/// product is compiled ahead of time and is a little slower or faster: whole guests on the published file have the last word.
/// </summary>
internal static class InProcess
{
    public static IConfig Config { get; } = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
