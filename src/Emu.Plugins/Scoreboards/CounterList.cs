using System.Runtime.CompilerServices;

namespace Emu.Plugins;

/// <summary>
/// Any number of 64-bit counters with one value for each vCPU, added while the guest runs: one for each block or instruction that is met, for example. Made by
/// <see cref="Host.NewCounters"/>. Many counters share a scoreboard.
/// </summary>
public sealed class CounterList
{
    private const int PageBits = 7;
    private const int PageSize = 1 << PageBits;

    private readonly Host _host;
    private readonly Lock _gate = new();
    private Scoreboard<Page>[] _pages = [];
    private int _count;

    internal CounterList(Host host) => _host = host;

    /// <summary>How many counters there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a counter that is zero and returns its number; numbers are dense from 0. Callable from any thread.</summary>
    public int Add()
    {
        lock (_gate)
        {
            if (_count == _pages.Length * PageSize)
                _pages = [.. _pages, _host.NewScoreboard<Page>()];
            return _count++;
        }
    }

    /// <summary>The counter for inline operations.</summary>
    public ScoreboardEntry Entry(int number) => _pages[number >> PageBits].Entry(number & (PageSize - 1));

    /// <summary>Adds one to a counter of the vCPU that a callback comes from. The number is not checked.</summary>
    public void Increment(in VCpu vcpu, nint number) => _pages[number >> PageBits][vcpu][(int)number & (PageSize - 1)]++;

    /// <summary>The counter's sum over all vCPUs that ever started.</summary>
    public ulong Sum(int number) => Entry(number).Sum();

    [InlineArray(PageSize)]
    private struct Page
    {
        private ulong _counter;
    }
}
