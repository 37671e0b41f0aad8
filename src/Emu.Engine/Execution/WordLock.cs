namespace Emu.Engine.Execution;

/// <summary>
/// A lock that is one word: not for one thread twice. Unlike the runtime's locks it knows nothing of who waits, so a forked child can take it over. Fair enough for
/// what is rare.
/// </summary>
public sealed unsafe class WordLock
{
    private const int Free = 0;
    private const int Taken = 1;
    private const int Wanted = 2; // taken, and somebody waits

    private readonly int[] _memory = GC.AllocateArray<int>(1, pinned: true);
    private readonly int* _word;

    /// <summary>A free lock.</summary>
    public WordLock()
    {
        fixed (int* word = _memory)
            _word = word; // pinned for good
    }

    /// <summary>Takes the lock; waits until it is free.</summary>
    public void Acquire(IWordWaiting waiting)
    {
        if (Interlocked.CompareExchange(ref *_word, Taken, Free) == Free)
            return;
        while (Interlocked.Exchange(ref *_word, Wanted) != Free)
            waiting.Wait(_word, Wanted);
    }

    /// <summary>Gives the lock back.</summary>
    public void Release(IWordWaiting waiting)
    {
        if (Interlocked.Exchange(ref *_word, Free) == Wanted)
            waiting.WakeAll(_word);
    }
}
