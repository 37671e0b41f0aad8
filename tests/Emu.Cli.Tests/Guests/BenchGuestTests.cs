using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;

namespace Emu.Cli.Tests.Guests;

/// <summary>One round of each bench guest prints its checksum, which qemu-riscv64 printed as well.</summary>
public sealed class BenchGuestTests
{
    private static readonly (string Name, string Line)[] Checksums =
    [
        ("access", "access 37da9e5025ad4fdc"),
        ("blocks", "blocks 0000000000004002"),
        ("bytecode", "bytecode 89af579a0e5fd185"),
        ("core", "core 0000000000002b4e"),
        ("fib", "fib 0000000000213d05"),
        ("json", "json f4d974eefad74708"),
        ("mandelbrot", "mandelbrot 36323153f303cc2f"),
        ("matmul", "matmul f8343d9682f51598"),
        ("nbody", "nbody c0281f49ae3405b2"),
        ("quicksort", "quicksort 4d49ac761ebb9d19"),
        ("radixsort", "radixsort 126ce66d83c8a0a5"),
        ("records", "records 0802e5b5a53d3757"),
        ("sha256", "sha256 5fce37f3129150ce7ec3939b54016d9c1fd01364e27b0a788dc634064aec76b1"),
        ("sieve", "sieve 00000000000245c5"),
        ("sparse", "sparse c599230002b6bb3f"),
        ("stream", "stream 96ae44d2dafd1d41"),
        ("towers", "towers 000000000010000e"),
    ];

    /// <summary>Each block by both backends: millions of them, with their traces.</summary>
    [Test]
    [MethodDataSource(nameof(CheckedRounds))]
    public async Task Both_backends_do_the_same_in_each_block_of_a_round(string name, string line) =>
        await Launch.Emu("--check-backends", Repository.BenchGuest(name), "1").Run().AssertCleanExit(line + "\n");

    /// <summary>Those whose round takes less than three seconds this way.</summary>
    public static IEnumerable<(string, string)> CheckedRounds() => Checksums.Where(static row => row.Name is not ("fib" or "quicksort"));

    // It prints times.
    private const string MeasuresItself = "costs";

    public static IEnumerable<(string, string, string)> Rounds() => [.. from row in Checksums from backend in GuestCase.Backends select (row.Name, row.Line, backend)];

    [Test]
    [MethodDataSource(nameof(Rounds))]
    public async Task A_round_has_its_checksum(string name, string line, string backend) =>
        await Launch.Emu("--backend", backend, Repository.BenchGuest(name), "1").Run().AssertCleanExit(line + "\n");

    [Test]
    public async Task Every_bench_guest_is_in_the_table() =>
        await Assert.That(Checksums.Select(static row => row.Name).Order()).IsEquivalentTo(
            Directory.EnumerateFiles(Repository.BenchGuest("")).Select(static path => Path.GetFileName(path)).Where(static name => name != MeasuresItself).Order(), CollectionOrdering.Matching);
}
