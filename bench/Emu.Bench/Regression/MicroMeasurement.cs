using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Emu.Bench.Micro;
using Perfolizer.Horology;

namespace Emu.Bench.Regression;

/// <summary>
/// The rows of stages, by BenchmarkDotNet: how many steps of <see cref="HostLoop"/> a guest instruction takes. Calls and returns are none: by where its code and tables come to lie, one process takes
/// twice as long for them as the next.
/// </summary>
internal static class MicroMeasurement
{
    /// <summary>Such a row may differ by so many times the threshold of programs: all its runs are those of one process, and processes differ.</summary>
    public const int Slack = 3;

    private static readonly (string Row, Type Type, string Method)[] Rows =
    [
        ("micro/decode", typeof(DecodeBenchmarks), nameof(DecodeBenchmarks.Decode)),
        ("micro/to-ir", typeof(TranslateBenchmarks), nameof(TranslateBenchmarks.ToOptimisedIr)),
        ("micro/to-threaded-code", typeof(TranslateBenchmarks), nameof(TranslateBenchmarks.ToThreadedCode)),
        ("micro/additions", typeof(DispatchBenchmarks), nameof(DispatchBenchmarks.Additions)),
        ("micro/loads-and-stores", typeof(DispatchBenchmarks), nameof(DispatchBenchmarks.LoadsAndStores)),
    ];

    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Rows, static row => row.Row);

    /// <summary>Runs those that were chosen, one after the other, the host's loop before and after each.</summary>
    /// <exception cref="InvalidDataException">BenchmarkDotNet ran none.</exception>
    public static List<Series> Run(IReadOnlySet<string> chosen, int iterations, Action<string> tell)
    {
        var host = new HostLoop();
        var series = new List<Series>();
        foreach (var (row, type, method) in Rows)
            if (chosen.Contains(row))
            {
                tell(row);
                series.Add(Run(row, type.GetMethod(method)!, iterations, host));
            }

        return series;
    }

    private static Series Run(string row, MethodInfo method, int iterations, HostLoop host)
    {
        var artifacts = Directory.CreateTempSubdirectory("emu-bench-");
        try
        {
            var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(iterations).WithIterationTime(TimeInterval.FromMilliseconds(100));
            var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).WithArtifactsPath(artifacts.FullName).WithOptions(ConfigOptions.DisableLogFile);
            var before = host.SteadySecondsPerMillionSteps();
            var summary = BenchmarkRunner.Run(BenchmarkConverter.MethodsToBenchmarks(method.DeclaringType!, [method], config));
            var nanosecondsPerStep = (before + host.SteadySecondsPerMillionSteps()) / 2 * 1e3;
            var results = summary.Reports.Length == 1 ? summary.Reports[0].ResultStatistics : null;
            return results is null
                ? throw new InvalidDataException($"BenchmarkDotNet did not run '{row}': {string.Join("; ", summary.ValidationErrors.Select(static error => error.Message)).TrimEnd()}")
                : new Series(row, "steps", [.. results.OriginalValues.Select(value => value / nanosecondsPerStep)]);
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
