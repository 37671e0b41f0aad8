using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>The machines of a process share the tables of handlers and may want a row at the same time that nobody has filled.</summary>
public sealed class PairTableTests
{
    private const nint Filled = 1000;
    private static readonly OpKey First = new(1);
    private static readonly OpKey Second = new(2);
    private static readonly PairTable Pairs = new();
    private static Thread? s_other;

    [Test]
    [NotInParallel]
    public async Task A_pair_is_not_told_of_before_its_row_is_filled()
    {
        DeclarePair();
        await Assert.That(FindTwice(static () => Pairs.Find(First, Second))).IsEqualTo((Filled, Filled));
    }

    private static unsafe void DeclarePair()
    {
        Pairs.Declare(First, &Fill);

        static void Fill(PairTable table)
        {
            LetTheOtherAsk();
            table.Add(First, Second, Filled);
        }
    }

    /// <summary>What two threads find, of which the second asks while the first fills the row.</summary>
    private static (nint Mine, nint Others) FindTwice(Func<nint> find)
    {
        nint others = 0;
        s_other = new Thread(() => others = find());
        var mine = find();
        s_other.Join();
        return (mine, others);
    }

    /// <summary>Starts the other thread and returns once it waits or has its answer.</summary>
    private static void LetTheOtherAsk()
    {
        s_other!.Start();
        while (s_other.IsAlive && (s_other.ThreadState & ThreadState.WaitSleepJoin) == 0)
            Thread.Yield();
    }
}
