using System.Globalization;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

/// <summary>The plugin <c>cache</c> beside a plain model, which is given each fetch and access of the same run one by one.</summary>
public class CacheTests
{
    private const int Seed = 4711;

    [Test]
    [Arguments("icachesize=128,iblksize=16,iassoc=1,dcachesize=1K,dblksize=16,dassoc=2", 128, 16, 1, 1024, 16, 2, 0, 0, 0, false)]
    [Arguments("icachesize=128,iblksize=16,iassoc=2,dcachesize=4K,dblksize=64,dassoc=4,evict=fifo", 128, 16, 2, 4096, 64, 4, 0, 0, 0, true)]
    [Arguments("icachesize=64,iblksize=16,iassoc=4,dcachesize=1K,dblksize=32,dassoc=8,l2cachesize=8K,l2blksize=32,l2assoc=2", 64, 16, 4, 1024, 32, 8, 8192, 32, 2, false)]
    [Arguments("icachesize=64,iblksize=16,iassoc=1,dcachesize=512,dblksize=8,dassoc=64,l2cachesize=4K,l2blksize=64,l2assoc=4,evict=fifo", 64, 16, 1, 512, 8, 64, 4096, 64, 4, true)]
    public async Task Every_miss_is_that_of_a_plain_model(string options, int isize, int iline, int iways, int dsize, int dline, int dways, int l2size, int l2line, int l2ways, bool isFifo)
    {
        var (icache, dcache) = (new PlainCache(isize, iline, iways, isFifo), new PlainCache(dsize, dline, dways, isFifo));
        var second = l2size == 0 ? null : new PlainCache(l2size, l2line, l2ways, isFifo);
        using var machine = new TestMachine(RandomWalk);
        machine.InstallNamed($"cache,{options}");
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
            Executing = (_, address) => icache.Access((ulong)address, second),
            Accessing = (_, access, _) => dcache.Access(access.Address, second),
        });
        machine.Run();

        var expected = string.Create(CultureInfo.InvariantCulture,
            $"{0,-8}{dcache.Accesses,-14} {dcache.Misses,-12} {Rate(dcache),9:F4}%  {icache.Accesses,-14} {icache.Misses,-12} {Rate(icache),9:F4}%");
        if (second is not null)
            expected += string.Create(CultureInfo.InvariantCulture, $"  {second.Accesses,-12} {second.Misses,-11} {Rate(second),10:F4}%");
        await Assert.That(dcache.Misses).IsGreaterThan(100).And.IsLessThan(dcache.Accesses);
        await Assert.That(icache.Misses).IsGreaterThan(100);
        await Assert.That(machine.Exit().Split('\n')[1]).IsEqualTo(expected);
    }

    [Test]
    public async Task The_instructions_that_miss_most_come_first()
    {
        using var machine = new TestMachine(static code =>
        {
            // Eight lines in a set of one way: each load misses, the store to a line of its own only once.
            var top = new Label();
            code.Addi(XRegister.T0, XRegister.Zero, 100);
            code.Place(top);
            code.Ld(XRegister.T1, XRegister.S0, 0);
            code.Ld(XRegister.T1, XRegister.S0, 1024);
            code.Sd(XRegister.T1, XRegister.S0, 64);
            code.Addi(XRegister.T0, XRegister.T0, -1);
            code.Bne(XRegister.T0, XRegister.Zero, top);
        });
        machine.InstallNamed("cache,dcachesize=1K,dassoc=1,limit=2");
        machine.Run();
        await Assert.That(machine.Exit()).Contains("""

            address, data misses, instruction
            0x10004, 100, ld t1,0(s0)
            0x10008, 100, ld t1,1024(s0)

            address, fetch misses, instruction
            0x10000, 1, li t0,100

            """);
    }

    [Test]
    public async Task Vcpus_have_the_caches_of_their_cores()
    {
        using var machine = new TestMachine(static code => code.Ld(XRegister.T1, XRegister.S0, 0));
        machine.InstallNamed("cache,cores=2");
        machine.Run();
        machine.Run();
        var lines = machine.Exit().Split('\n');
        // The second vCPU has the number of the first, which has ended, and so its caches.
        await Assert.That(lines[1]).StartsWith("0       2              1            ");
        await Assert.That(lines[2]).StartsWith("1       0              0            ");
    }

    [Test]
    [Arguments("dcachesize=1000", "option 'dcachesize' does not take '1000' with lines of 64 and 8 ways; allowed: 512 times a power of two, at most 4G")]
    [Arguments("dcachesize=1536", "option 'dcachesize' does not take '1536' with lines of 64 and 8 ways; allowed: 512 times a power of two, at most 4G")]
    [Arguments("icachesize=0", "option 'icachesize' does not take '0' with lines of 64 and 8 ways; allowed: 512 times a power of two, at most 4G")]
    [Arguments("iblksize=48", "option 'iblksize' does not take '48'; allowed: a power of two")]
    [Arguments("iassoc=0", "option 'iassoc' does not take '0'; allowed: at least 1")]
    [Arguments("l2cachesize=8G", "option 'l2cachesize' does not take '8G' with lines of 64 and 16 ways; allowed: 1024 times a power of two, at most 4G")]
    [Arguments("cores=0", "option 'cores' does not take '0'; allowed: 1 to 1024")]
    public async Task A_geometry_that_there_is_not_is_refused(string options, string message)
    {
        using var machine = new TestMachine();
        await Assert.That(Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed($"cache,{options}")).Message).IsEqualTo($"plugin 'cache': {message}");
    }

    /// <summary>Loads and stores at random places of the data, in a loop of several lines, with a jump over one of them every other time.</summary>
    internal static void RandomWalk(Assembler code)
    {
        var random = new Random(Seed);
        var (top, over) = (new Label(), new Label());
        code.Addi(XRegister.T0, XRegister.Zero, 300);
        code.Addi(XRegister.T3, XRegister.Zero, 1);
        code.Place(top);
        for (var i = 0; i < 20; i++)
        {
            // A linear congruence makes the next address: up to 13 bits of it, a multiple of 8.
            code.Slli(XRegister.T4, XRegister.T3, (uint)(2 + random.Next(3)));
            code.Add(XRegister.T3, XRegister.T3, XRegister.T4);
            code.Addi(XRegister.T3, XRegister.T3, 1 + random.Next(1000));
            code.Slli(XRegister.T4, XRegister.T3, 49);
            code.Srli(XRegister.T4, XRegister.T4, (uint)(54 - random.Next(4)));
            code.Slli(XRegister.T4, XRegister.T4, 3);
            code.Add(XRegister.T4, XRegister.T4, XRegister.S0);
            if (i % 3 == 0)
                code.Sd(XRegister.T3, XRegister.T4, 0);
            else
                code.Ld(XRegister.T5, XRegister.T4, 0);
            if (i == 10)
            {
                code.Andi(XRegister.T5, XRegister.T0, 1);
                code.Bne(XRegister.T5, XRegister.Zero, over);
            }

            if (i == 15)
                code.Place(over);
        }

        code.Addi(XRegister.T0, XRegister.T0, -1);
        code.Bne(XRegister.T0, XRegister.Zero, top);
    }

    private static double Rate(PlainCache cache) => 100.0 * cache.Misses / cache.Accesses;

    /// <summary>As textbooks have it: each set a list of lines with the time of their last use, or of their coming.</summary>
    private sealed class PlainCache(int size, int lineSize, int ways, bool isFifo)
    {
        private readonly List<(ulong Line, long Time)>[] _sets = [.. Enumerable.Range(0, size / lineSize / ways).Select(static _ => new List<(ulong, long)>())];

        public long Accesses { get; private set; }

        public long Misses { get; private set; }

        public void Access(ulong address, PlainCache? next)
        {
            Accesses++;
            var line = address / (ulong)lineSize;
            var set = _sets[line % (ulong)_sets.Length];
            var place = set.FindIndex(entry => entry.Line == line);
            if (place >= 0)
            {
                if (!isFifo)
                    set[place] = (line, Accesses);
                return;
            }

            Misses++;
            if (set.Count == ways)
                set.Remove(set.MinBy(static entry => entry.Time));
            set.Add((line, Accesses));
            next?.Access(address, null);
        }
    }
}
