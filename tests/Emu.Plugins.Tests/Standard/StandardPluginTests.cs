using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Standard;

/// <summary>The plugins of plugins/, run as <c>-p</c> does: guest, options and the text that comes out.</summary>
public class StandardPluginTests
{
    [Test]
    [Arguments("bb")]
    [Arguments("bb,inline=on")]
    public async Task Bb_counts_blocks_and_instructions(string plugin) => await Assert.That(await Report(plugin, LoopThenStore)).IsEqualTo("""
        CPU0: bb's: 11, insns: 28
        Total: bb's: 11, insns: 28

        """);

    [Test]
    public async Task Bb_idle_prints_when_a_vCPU_waits()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(10));
        machine.InstallNamed("bb,idle");
        machine.System.Syscall = (vcpu, _) => machine.Plugins.VCpuIdle(vcpu);
        machine.Run();
        await Assert.That(machine.Log).IsEquivalentTo(["CPU0: bb's: 11, insns: 24"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Empty_says_nothing() => await Assert.That(await Report("empty", LoopThenStore)).IsEqualTo("");

    [Test]
    [Arguments("insn")]
    [Arguments("insn,inline=on")]
    public async Task Insn_counts_instructions(string plugin) => await Assert.That(await Report(plugin, LoopThenStore)).IsEqualTo("""
        cpu 0 insns: 28
        total insns: 28

        """);

    [Test]
    [Arguments("insn,sizes")]
    [Arguments("insn,sizes=on,inline=on")]
    public async Task Insn_sizes_counts_executed_instructions(string plugin) => await Assert.That(await Report(plugin, code =>
        {
            var top = new Label();
            code.Addi(XRegister.T0, XRegister.Zero, 10);
            code.Place(top);
            code.CAddi(XRegister.T0, -1);
            code.Blt(XRegister.Zero, XRegister.T0, top);
        })).IsEqualTo("""
        len 2 bytes: 10 insns
        len 4 bytes: 13 insns
        total insns: 23

        """);

    [Test]
    public async Task Insn_match_follows_instructions_by_their_text() => await Assert.That(await Report("insn,match=sd,match=bnez", LoopThenStore)).IsEqualTo("""
        cpu 0 insns: 28
        total insns: 28
        Match: sd, hits 2
          10010: sd	t0,0(s0) (hits 1)
          10014: sd	t0,8(s0) (hits 1)
        Match: bnez, hits 10
          1000c: bnez	t0,0x10008 (hits 10)

        """);

    [Test]
    [Arguments("insn,match=sd,trace")]
    [Arguments("insn,match=sd,trace,inline")]
    public async Task Insn_trace_tells_of_each_execution(string plugin)
    {
        using var machine = new TestMachine(LoopThenStore);
        machine.InstallNamed(plugin);
        machine.Run();
        await Assert.That(machine.Log).IsEquivalentTo([
                "0x10010, 'sd\tt0,0(s0)', 1 hits , cpu 0, 1 match hits, Δ+23 since last match, 23 avg insns/match",
                "0x10014, 'sd\tt0,8(s0)', 1 hits , cpu 0, 2 match hits, Δ+1 since last match, 12 avg insns/match",
            ], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("mem", 3)]
    [Arguments("mem,callback=on", 3)]
    [Arguments("mem,inline=on", 3)]
    [Arguments("mem,track=r", 1)]
    [Arguments("mem,track=w,inline=on", 2)]
    [Arguments("mem,track=rw", 3)]
    public async Task Mem_counts_accesses(string plugin, int count) => await Assert.That(await Report(plugin, LoopThenStore)).IsEqualTo($"mem accesses: {count}\n");

    [Test]
    public async Task Mem_haddr_is_refused_where_nothing_is_physical()
    {
        using var machine = new TestMachine();
        await Assert.That(Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed("mem,haddr")).Message).StartsWith("plugin 'mem': option 'haddr' needs a full machine");
    }

    [Test]
    public async Task Mem_prints_accesses_as_CSV()
    {
        using var machine = new TestMachine(LoopThenStore);
        machine.InstallNamed("mem,print-accesses");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("");
        await Assert.That(machine.Log).IsEquivalentTo([
                "insn_vaddr,insn_symbol,mem_vaddr,mem_hwaddr,access_size,access_type,mem_value",
                "0x10010,,0x40000,0x0,64,store,0x0000000000000000",
                "0x10014,,0x40008,0x0,64,store,0x0000000000000000",
                "0x10018,,0x40000,0x0,32,load,0x00000000",
            ], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Mem_sums_up_by_region()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 7);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Ld(XRegister.T1, XRegister.S0, 0);
            code.Auipc(XRegister.T2, 0);
            code.Lw(XRegister.T1, XRegister.T2, 4);
        });
        machine.InstallNamed("mem,region-summary");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("""
            Region Base, Reads, Writes, Seen all
            0x0000000000010000, 1, 0, false
            0x0000000000040000, 1, 1, true

            """);
        await Assert.That(machine.Log).IsEquivalentTo(["Warning: 0x0000000000010000:16 read an un-instrumented value"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Mem_refuses_to_count_in_two_ways()
    {
        using var machine = new TestMachine();
        var error = Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed("mem,inline,callback"));
        await Assert.That(error.Message).IsEqualTo("plugin 'mem': options 'inline' and 'callback' exclude each other");
    }

    [Test]
    [Arguments("hotblocks")]
    [Arguments("hotblocks,inline=on")]
    public async Task Hotblocks_lists_the_hottest_first(string plugin) => await Assert.That(await Report(plugin, LoopThenStore)).IsEqualTo("""
        collected 3 entries in the hash table
        pc, tcount, icount, ecount, symbol
        0x0000000000010008, 1, 2, 9
        0x0000000000010000, 1, 4, 1
        0x0000000000010010, 1, 6, 1

        """);

    [Test]
    public async Task Hotblocks_limit_is_exact() => await Assert.That(await Report("hotblocks,limit=2", LoopThenStore)).IsEqualTo("""
        collected 3 entries in the hash table
        pc, tcount, icount, ecount, symbol
        0x0000000000010008, 1, 2, 9
        0x0000000000010000, 1, 4, 1

        """);

    [Test]
    [Arguments("howvec")]
    [Arguments("howvec,inline=on")]
    public async Task Howvec_counts_by_class(string plugin) => await Assert.That(await Report(plugin, LoopThenStore)).IsEqualTo("Instruction Classes:\n" +
        "Class: Integer arithmetic and logic\t(14 hits)\t50.00 %\n" +
        "Class: Loads                   \t(1 hits)\t3.57 %\n" +
        "Class: Stores                  \t(2 hits)\t7.14 %\n" +
        "Class: Conditional branches    \t(10 hits)\t35.71 %\n" +
        "Class: System calls and breakpoints\t(1 hits)\t3.57 %\n" +
        "Total: 28 instructions\n");

    [Test]
    public async Task Howvec_counts_chosen_classes_one_by_one_or_not_at_all() => await Assert.That(await Report("howvec,count=store,count=!alu", LoopThenStore)).IsEqualTo("Instruction Classes:\n" +
        "Class: Integer arithmetic and logic\tnot counted\n" +
        "Class: Loads                   \t(1 hits)\t7.14 %\n" +
        "Class: Stores                  \tcounted individually\n" +
        "Class: Conditional branches    \t(10 hits)\t71.43 %\n" +
        "Class: System calls and breakpoints\t(1 hits)\t7.14 %\n" +
        "Total: 14 instructions\n" +
        "Individual Instructions:\n" +
        "Instr: sd\tt0,0(s0)             \t(1 hits)\t(op=0x00543023/Stores)\t7.14 %\n" +
        "Instr: sd\tt0,8(s0)             \t(1 hits)\t(op=0x00543423/Stores)\t7.14 %\n");

    [Test]
    public async Task Howvec_verbose_lists_empty_classes() => await Assert.That(await Report("howvec,verbose", LoopThenStore)).Contains("Class: Integer division        \t(0 hits)\t0.00 %\n");

    [Test]
    public async Task Howvec_refuses_a_class_that_there_is_not()
    {
        using var machine = new TestMachine();
        var error = Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed("howvec,count=vector"));
        await Assert.That(error.Message).StartsWith("plugin 'howvec': option 'count' does not take 'vector'; allowed: illegal, alu, mul,");
    }

    [Test]
    public async Task Counts_of_all_plugins_agree_with_several_vCPUs()
    {
        const int Rounds = 5000;
        const int VCpus = 4;
        using var machine = new TestMachine(Programs.Loop(Rounds));
        foreach (var plugin in (string[])["insn", "bb", "hotblocks,limit=100", "howvec,inline"])
            machine.InstallNamed(plugin);
        var runs = Enumerable.Range(0, VCpus).Select(_ => new Thread(() => machine.Run())).ToList();
        runs.ForEach(thread => thread.Start());
        runs.ForEach(thread => thread.Join());
        var report = machine.Exit();

        const int Each = 2 * Rounds + Programs.LoopOverhead;
        await Assert.That(report).Contains($"total insns: {VCpus * Each}\n");
        await Assert.That(report).Contains($"Total: bb's: {VCpus * (Rounds + 1)}, insns: {VCpus * Each}\n");
        await Assert.That(report).Contains($", 2, {VCpus * (Rounds - 1)}\n");
        await Assert.That(report).Contains($"Class: Conditional branches    \t({VCpus * Rounds} hits)\t");
    }

    private static async Task<string> Report(string plugin, Action<Assembler> program)
    {
        using var machine = new TestMachine(program);
        machine.InstallNamed(plugin);
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        return machine.Exit();
    }

    /// <summary>Eleven blocks, 28 instructions, two stores and a load.</summary>
    private static void LoopThenStore(Assembler code)
    {
        Programs.Loop(10)(code);
        code.Sd(XRegister.T0, XRegister.S0, 0);
        code.Sd(XRegister.T0, XRegister.S0, 8);
        code.Lw(XRegister.T1, XRegister.S0, 0);
        code.Addi(XRegister.T1, XRegister.T1, 1);
    }
}
