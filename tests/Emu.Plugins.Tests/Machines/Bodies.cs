using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Plugins.Tests.Machines;

/// <summary>Callbacks whose bodies are simple enough to be done by translated code itself, and together have every form that such a body can have.</summary>
[EmuPlugin("bodies", "Counts in every way that needs no call")]
public sealed partial class Bodies : Plugin, IOnTranslate
{
    private const int Shift = 3;

    private Scoreboard<Words> _words = null!;
    private Scoreboard<Buckets> _buckets = null!;
    private CounterList _counters = null!;
    private ulong _seed;
    private Register<ulong> _t0;
    private Register<long> _s0;

    public bool Flag { get; init; }

    public int Step { get; init; } = -3;

    /// <summary>All words of the first vCPU.</summary>
    public IEnumerable<ulong> Results
    {
        get
        {
            var words = _words[0];
            var results = new List<ulong> { words.First, words.Second, (ulong)words.Third, _counters.Sum(0), _counters.Sum(1) };
            for (var i = 0; i < Buckets.Length; i++)
                results.AddRange([words.Sizes[i], _buckets[0][i]]);
            return results;
        }
    }

    public override void Install(in GuestInfo guest)
    {
        (_words, _buckets, _counters) = (Host.NewScoreboard<Words>(), Host.NewScoreboard<Buckets>(), Host.NewCounters());
        _seed = 0x9E3779B97F4A7C15;
        (_t0, _s0) = (Host.FindRegister<ulong>("t0"), Host.FindRegister<long>("s0"));
        _counters.Add();
        _counters.Add();
    }

    public void OnTranslate(TranslationBlock block)
    {
        block.OnExecute<Callbacks.Entered>(block.InstructionCount);
        foreach (var insn in block)
        {
            insn.OnExecute<Callbacks.Counted>(insn.Index & 1);
            insn.OnExecute<Callbacks.Mixed>((nint)insn.Address);
            insn.OnExecuteIf<Callbacks.Sampled>(Condition.Less, _words.Entry(static (ref Words words) => ref words.Second), ulong.MaxValue / 3, -insn.Index);
            insn.OnExecute<Callbacks.Registered>(insn.Index);
            insn.OnMemory<Callbacks.Moved>(AccessKind.ReadWrite);
            insn.OnMemory<Callbacks.Sorted>(AccessKind.ReadWrite);
            insn.OnMemory<Callbacks.Extremes>(AccessKind.Read, insn.Size);
            insn.OnMemory<Callbacks.Mapped>(AccessKind.Write, -insn.Index);
            insn.OnMemory<Callbacks.Left>(AccessKind.ReadWrite, insn.Index);
        }
    }

    [ExecCallback]
    private void Entered(in VCpu vcpu, nint instructions) => _words[vcpu].First += (ulong)instructions;

    [ExecCallback]
    private void Counted(in VCpu vcpu, nint parity)
    {
        _counters.Increment(vcpu, parity);
        ++_words[vcpu].Third;
        if (Flag)
            _words[vcpu].First--;
    }

    [ExecCallback]
    private void Mixed(in VCpu vcpu, nint address)
    {
        ref var words = ref _words[vcpu];
        var hash = unchecked((words.Second ^ (ulong)address) * _seed);
        hash ^= hash >> 29;
        words.Second = hash + vcpu.ProgramCounter;
        words.Third -= (long)(hash & 0xFF) / 7 - Step;
    }

    [ExecCallback]
    private void Sampled(in VCpu vcpu, nint index)
    {
        var narrow = (int)_words[vcpu].Second;
        var small = (short)(narrow >> 5);
        var unsigned = (uint)narrow << ((int)index & 7);
        if (narrow < 0 && small != index || unsigned >= 1U << 31)
            _words[vcpu].Third += narrow % 1000 - small;
        else if (unsigned % 3 == 0)
            _words[vcpu].Third ^= ~(long)unsigned;
        else
            _words[vcpu].Third = -_words[vcpu].Third;
    }

    [ExecCallback]
    private void Registered(in VCpu vcpu, Registers registers, nint index)
    {
        var t0 = registers.Read(_t0);
        if (t0 > (ulong)index)
            _words[vcpu].Sizes[13] += t0 ^ (ulong)registers.Read(_s0);
    }

    [MemoryCallback]
    private void Moved(in VCpu vcpu, Registers registers, in MemoryAccess access, nint userData) => _words[vcpu].Sizes[14] += registers.Read(_t0) - access.Value;

    [MemoryCallback]
    private void Sorted(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        _words[vcpu].Sizes[BitOperations.Log2((ulong)access.Size) + (access.IsStore ? 4 : 0)]++;
        if (access.IsSignExtended)
            _buckets[vcpu][(int)(access.Address >> Shift) & (Buckets.Length - 1)] += access.Value;
        else
            _buckets[vcpu][(int)Math.Min(access.Value, Buckets.Length - 1UL)]++;
    }

    [MemoryCallback]
    private void Extremes(in VCpu vcpu, in MemoryAccess access, nint size)
    {
        ref var words = ref _words[vcpu];
        words.Sizes[8] = Math.Max(words.Sizes[8], access.Value);
        words.Sizes[9] = Math.Min(words.Sizes[9] - 1, access.Address) + (ulong)size;
        var ones = BitOperations.PopCount(access.Value);
        var zeros = BitOperations.TrailingZeroCount(access.Value);
        words.Sizes[10] += (ulong)(ones * zeros);
        words.Third = Math.Max(words.Third, (long)access.Value);
    }

    [MemoryCallback]
    private void Mapped(in VCpu vcpu, in MemoryAccess access, nint index)
    {
        var bit = 1UL << (int)(access.Address / 8);
        _buckets[vcpu][(byte)(access.Address >> 9) % Buckets.Length] |= bit;
        _words[vcpu].Sizes[11] += (ulong)index > ulong.MaxValue - 5 ? bit : 1;
    }

    [MemoryCallback]
    private void Left(in VCpu vcpu, in MemoryAccess access, nint index)
    {
        var seen = _words[vcpu].Sizes[12];
        if (access.Size < 4 || (access.Value & 1) == 0)
        {
            if (access.Value > 0x80)
                return;
            seen += 2;
        }

        if (seen > 100 == (index <= 2))
            seen = seen / 3 + (ulong)access.Size;
        _words[vcpu].Sizes[12] = seen + 1;
    }

    private struct Words
    {
        public ulong First;
        public ulong Second;
        public long Third;
        public Buckets Sizes;
    }

    [InlineArray(Buckets.Length)]
    private struct Buckets
    {
        public const int Length = 16;
        private ulong _bucket;
    }
}
