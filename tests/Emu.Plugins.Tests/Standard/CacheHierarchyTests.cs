using System.Globalization;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

/// <summary>What the plugin <c>cache</c> models beyond QEMU's, beside a plain model that is given each fetch and access of the same run.</summary>
public class CacheHierarchyTests
{
    [Test]
    [MatrixDataSource]
    public async Task Every_level_does_what_a_plain_model_does(
        [Matrix("lru", "fifo", "plru")] string evict,
        [Matrix("alike", "back", "through", "back,allocate=off", "through,allocate=off")] string write,
        [Matrix("none", "next", "next,degree=3", "stride", "stride,degree=2")] string prefetch,
        [Matrix("", "nine", "inclusive", "exclusive", "nine nine", "inclusive inclusive", "exclusive exclusive", "nine inclusive", "inclusive exclusive", "exclusive nine", "exclusive inclusive")] string policies)
    {
        var options = $"icachesize=128,iblksize=32,iassoc=2,dcachesize=1K,dblksize=32,dassoc=4,evict={evict},write={write},prefetch={prefetch}";
        PlainHierarchy.Level? third = null, second = null;
        if (policies.Split(' ') is [_, var thirdPolicy])
        {
            options += $",l3cachesize=4K,l3blksize=32,l3assoc=8,l3policy={thirdPolicy}";
            third = new(4096, 32, 8, evict, thirdPolicy);
        }

        if (policies.Split(' ')[0] is { Length: > 0 } policy)
        {
            options += $",l2cachesize=2K,l2blksize=32,l2assoc=4,l2policy={policy}";
            second = new(2048, 32, 4, evict, policy, third);
            third?.Above(second);
        }

        var plain = new PlainHierarchy
        {
            Instructions = new(128, 32, 2, evict, "nine", second),
            Data = new(1024, 32, 4, evict, "nine", second),
            Write = write.Split(',')[0],
            Allocate = !write.Contains("off", StringComparison.Ordinal),
            Prefetch = prefetch.Split(',')[0],
            Degree = prefetch.Contains('=', StringComparison.Ordinal) ? prefetch[^1] - '0' : 1,
        };
        second?.Above(plain.Instructions).Above(plain.Data);
        var found = Run(options, plain);
        var expected = new List<string> { Row("l1i", plain.Instructions), Row("l1d", plain.Data) };
        if (second is not null)
            expected.Add(Row("l2", second));
        if (third is not null)
            expected.Add(Row("l3", third));
        expected.Add($"memory {plain.MemoryReads} {plain.MemoryWrites}");
        if (write == "alike" && prefetch == "none" && policies is "" or "nine")
            await Assert.That(found.Where(static row => row.StartsWith("memory", StringComparison.Ordinal))).IsEmpty(); // as QEMU's: there is no such table
        else
            await Assert.That(string.Join('\n', found)).IsEqualTo(string.Join('\n', expected)).Because(options);
        await Assert.That(plain.Data.Misses).IsGreaterThan(50);
    }

    private static string Row(string name, PlainHierarchy.Level level) => $"{name} {level.Accesses} {level.Misses} {level.Writes} {level.Prefetches} {level.UsedPrefetches}";

    /// <summary>The rows of levels and memory of a run, and the same run in the plain model.</summary>
    private static List<string> Run(string options, PlainHierarchy plain)
    {
        using var machine = new TestMachine(CacheTests.RandomWalk);
        machine.InstallNamed($"cache,{options}");
        var pc = 0UL;
        machine.Install(new Probe
        {
            Translating = static (_, block) =>
            {
                foreach (var insn in block)
                {
                    Probe.OnExecute(insn, (nint)insn.Address);
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
                }
            },
            Executing = (_, address) => plain.Fetch(pc = (ulong)address),
            Accessing = (_, access, _) => plain.Access(pc, access.Address, access.IsStore),
        });
        machine.Run();
        var rows = new List<string>();
        foreach (var line in machine.Exit().Split('\n'))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["0" or "all", ['l', ..] level, var accesses, var misses, _, var writes, var prefetches, var used])
                rows.Add($"{level} {accesses} {misses} {writes} {prefetches} {used}");
            else if (line.Split(' ') is ["memory:", var reads, "lines", "read,", var written, "writes"])
                rows.Add($"memory {reads} {written}");
        return rows;
    }

    [Test]
    public async Task Translations_are_those_of_a_plain_model()
    {
        var (fetches, accesses, second) = (new PlainHierarchy.Level(2048, 1024, 2, "lru"), new PlainHierarchy.Level(2048, 1024, 2, "lru"), new PlainHierarchy.Level(4096, 1024, 4, "lru"));
        var all = new PlainHierarchy { Instructions = fetches, Data = accesses };
        using var machine = new TestMachine(CacheTests.RandomWalk);
        machine.InstallNamed("cache,tlbentries=2,tlbassoc=2,stlbentries=4,stlbassoc=4,pagesize=1K");
        machine.Install(new Probe
        {
            Translating = static (_, block) =>
            {
                foreach (var insn in block)
                {
                    Probe.OnExecute(insn, (nint)insn.Address);
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
                }
            },
            Executing = (_, address) => Translate(fetches, (ulong)address),
            Accessing = (_, access, _) => Translate(accesses, access.Address),
        });
        machine.Run();
        var rows = machine.Exit().Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(static cells => cells is ["0", [_, 't', 'l', 'b'], ..]).Select(static cells => string.Join(' ', cells[1..4])).ToArray();
        await Assert.That(accesses.Misses).IsGreaterThan(100);
        await Assert.That(rows).IsEquivalentTo([$"itlb {fetches.Accesses} {fetches.Misses}", $"dtlb {accesses.Accesses} {accesses.Misses}", $"stlb {second.Accesses} {second.Misses}"]);

        void Translate(PlainHierarchy.Level buffer, ulong address)
        {
            buffer.Accesses++;
            if (buffer.Find(address) is { } line)
            {
                buffer.Use(line);
                return;
            }

            buffer.Misses++;
            buffer.Take(all, address, isDirty: false);
            if (buffer != second)
                Translate(second, address);
        }
    }

    [Test]
    public async Task Cores_share_the_third_level()
    {
        using var machine = new TestMachine(static code => code.Ld(Emu.Guest.RiscV.XRegister.T1, Emu.Guest.RiscV.XRegister.S0, 0));
        machine.InstallNamed("cache,cores=2,l3,limit=0");
        machine.Run();
        var rows = machine.Exit().Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(static cells => cells is [_, "l2" or "l3", ..]).Select(static cells => string.Join(' ', cells[..4])).ToArray();
        await Assert.That(rows).IsEquivalentTo(["0 l2 2 2", "1 l2 0 0", "all l3 2 2"]);
    }

    [Test]
    [Arguments("evict=plru,dassoc=3,dcachesize=1536", "option 'dassoc' does not take '3' with evict=plru; allowed: a power of two, at most 64")]
    [Arguments("allocate=off", "option 'allocate' does not take 'off' with write=alike; allowed: on, or write=back or write=through")]
    [Arguments("prefetch=next,degree=0", "option 'degree' does not take '0'; allowed: 1 to 64")]
    [Arguments("l2policy=inclusive,l2blksize=128", "option 'l2policy' does not take 'inclusive' with lines of several sizes; allowed: nine, or the same iblksize, dblksize, l2blksize and l3blksize")]
    [Arguments("l3cachesize=3M", "option 'l3cachesize' does not take '3M' with lines of 64 and 16 ways; allowed: 1024 times a power of two, at most 4G")]
    [Arguments("tlb,pagesize=3K", "option 'pagesize' does not take '3K'; allowed: a power of two, 1K to 1G")]
    [Arguments("tlbentries=48,tlbassoc=32", "option 'tlbentries' does not take '48' with 32 ways; allowed: 32 times a power of two, at most 1048576")]
    [Arguments("stlbentries=48,stlbassoc=0", "option 'stlbassoc' does not take '0'; allowed: at least 1")]
    [Arguments("l2policy=some", "option 'l2policy' does not take 'some'; allowed: nine, inclusive, exclusive")]
    public async Task What_there_is_not_is_refused(string options, string message)
    {
        using var machine = new TestMachine();
        var refusal = await Assert.That(() => machine.InstallNamed($"cache,{options}")).Throws<Exception>();
        await Assert.That(refusal!.Message).Contains(message);
    }
}
