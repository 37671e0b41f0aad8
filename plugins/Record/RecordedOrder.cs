using Emu.Plugins;

namespace StandardPlugins;

/// <summary>
/// Puts what several vCPUs do, which comes a buffer at a time, into one order, and writes it. An entry is written once nothing can come any more that was before it. Used under the plugin's
/// lock.
/// </summary>
internal sealed class RecordedOrder(RecordingText text)
{
    private readonly RecordedThread _translation = new(-1) { IsOutside = true };
    private readonly List<RecordedThread> _threads = [];
    private readonly List<RecordedThread> _waiting = [];
    private readonly List<RecordedThread> _ahead = [];

    /// <summary>The vCPU of that index, or null if it has not started.</summary>
    public RecordedThread? Find(int index) => _threads.Find(thread => thread.Index == index);

    /// <summary>A vCPU starts.</summary>
    public RecordedThread Start(int index)
    {
        var thread = new RecordedThread(index);
        _threads.Add(thread);
        _waiting.Add(thread);
        return thread;
    }

    /// <summary>A vCPU has ended; what it did may still have to be written.</summary>
    public void End(RecordedThread thread) => _threads.Remove(thread);

    /// <summary>Something was translated.</summary>
    public void AddTranslation(ulong stamp, string line)
    {
        if (!_waiting.Contains(_translation))
            _waiting.Add(_translation);
        _translation.Waiting.Enqueue(new(stamp, default, line));
    }

    /// <summary>Writes what nothing can come before any more.</summary>
    public void Write()
    {
        var known = ulong.MaxValue;
        foreach (var thread in _threads)
            if (!thread.IsOutside)
                known = Math.Min(known, thread.Last);
        WriteTo(known);
    }

    /// <summary>Writes everything: nothing comes any more, or all that has happened has come.</summary>
    public void WriteAll()
    {
        WriteTo(ulong.MaxValue);
        Say(except: null);
    }

    /// <summary>In another process: all but one vCPU are gone, and nothing of what waits is its.</summary>
    public void KeepOnly(int index)
    {
        _threads.RemoveAll(thread => thread.Index != index);
        _translation.Waiting.Clear();
        _waiting.Clear();
        _waiting.AddRange(_threads);
        _ahead.Clear();
        foreach (var thread in _threads)
        {
            thread.Waiting.Clear();
            (thread.Block, thread.IsInBlock, thread.IsAhead) = (0, false, false);
        }
    }

    private void WriteTo(ulong last)
    {
        while (First() is { } thread && thread.Waiting.Peek().Stamp <= last)
            Write(thread, thread.Waiting.Dequeue());
        _waiting.RemoveAll(thread => thread.Waiting.Count == 0 && !_threads.Contains(thread));
    }

    private RecordedThread? First()
    {
        RecordedThread? first = null;
        foreach (var thread in _waiting)
            if (thread.Waiting.TryPeek(out var entry) && (first is null || entry.Stamp < first.Waiting.Peek().Stamp))
                first = thread;
        return first;
    }

    private void Write(RecordedThread thread, in RecordedEntry entry)
    {
        if (entry.Line is { } line)
        {
            if (entry.IsWithin)
                Say(except: null);
            else if (thread != _translation)
                Leave(thread);
            text.Line(line);
            return;
        }

        // Of a block that was begun before the plugin looks, the rest is left out.
        var step = entry.Step;
        if (step.Kind != StepKind.Enter && step.Block != thread.Block)
            return;
        switch (step.Kind)
        {
            case StepKind.Enter:
                Leave(thread);
                text.Progress(thread.Index, "enter"u8, step.Block);
                (thread.Block, thread.IsInBlock, thread.Begun) = (step.Block, true, 0);
                break;
            case StepKind.Begin:
                thread.Begun = step.Index;
                GoAhead(thread);
                break;
            case StepKind.Done:
                thread.IsInBlock = false;
                GoAhead(thread);
                break;
            case StepKind.Access:
                Say(thread);
                text.Access(thread.Index, step);
                break;
            case StepKind.Edge:
                Say(thread);
                text.Edge(thread.Index, step);
                break;
        }
    }

    /// <summary>The vCPU goes on elsewhere: a reader takes a block for completed unless it is told.</summary>
    private void Leave(RecordedThread thread)
    {
        Say(thread);
        if (thread.IsInBlock)
            text.Progress(thread.Index, "cut"u8, thread.Begun);
        (thread.Block, thread.IsInBlock) = (0, false);
    }

    private void GoAhead(RecordedThread thread)
    {
        if (thread.IsAhead)
            return;
        thread.IsAhead = true;
        _ahead.Add(thread);
    }

    /// <summary>Before a line of one vCPU: says how far the others have come. A line says so of its own.</summary>
    private void Say(RecordedThread? except)
    {
        foreach (var thread in _ahead)
        {
            thread.IsAhead = false;
            if (thread == except)
                continue;
            if (thread.IsInBlock)
                text.Progress(thread.Index, "at"u8, thread.Begun);
            else
                text.Line($"{thread.Index} done");
        }

        _ahead.Clear();
    }
}
