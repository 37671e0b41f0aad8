namespace Emu.Plugins.Tests.Standard;

/// <summary>
/// Caches as the README of the plugin <c>cache</c> describes them, made as plainly as can be: a set is a list of what it holds with the time of its last use, and nothing is fast. It shares no code with the plugin.
/// </summary>
internal sealed class PlainHierarchy
{
    public required Level Instructions { get; init; }

    public required Level Data { get; init; }

    public string Write { get; init; } = "alike";

    public bool Allocate { get; init; } = true;

    public string Prefetch { get; init; } = "none";

    public int Degree { get; init; } = 1;

    public long MemoryReads { get; private set; }

    public long MemoryWrites { get; private set; }

    private readonly Dictionary<ulong, (ulong Last, ulong Step)> _instructions = [];

    public void Fetch(ulong address)
    {
        Instructions.Accesses++;
        if (Instructions.Find(address) is { } line)
            Instructions.Use(line);
        else
            Instructions.Take(this, address, Miss(Instructions, address, isDemand: true));
    }

    public void Access(ulong pc, ulong address, bool isStore)
    {
        Data.Accesses++;
        var line = Data.Find(address);
        var wanted = line is null || line.IsPrefetched;
        if (line is null && isStore && !Allocate)
        {
            Data.Misses++;
            PassDown(Data.Below, address);
        }
        else
        {
            if (line is null)
                line = Data.Take(this, address, Miss(Data, address, isDemand: true));
            else
                Data.Use(line);
            Data.UsedPrefetches += line.IsPrefetched ? 1 : 0;
            line.IsPrefetched = false;
            line.IsDirty |= isStore && Write == "back";
            if (isStore && Write == "through")
                PassDown(Data.Below, address);
        }

        var last = _instructions.GetValueOrDefault(pc);
        _instructions[pc] = (address, address - last.Last);
        var step = Prefetch == "next" && wanted ? (ulong)Data.LineSize : Prefetch == "stride" && address - last.Last == last.Step ? last.Step : 0;
        for (var ahead = 1; step != 0 && ahead <= Degree; ahead++)
            Bring(address + (ulong)ahead * step);
    }

    private void Bring(ulong address)
    {
        if (Data.Find(address) is not null)
            return;
        Data.Prefetches++;
        var isDirty = Ask(Data.Below, address, isDemand: false);
        Data.Take(this, address, isDirty).IsPrefetched = true;
    }

    private bool Miss(Level level, ulong address, bool isDemand)
    {
        level.Misses += isDemand ? 1 : 0;
        return Ask(level.Below, address, isDemand);
    }

    /// <summary>Asks a level for a line; true if it hands over one that was stored to.</summary>
    private bool Ask(Level? level, ulong address, bool isDemand)
    {
        if (level is null)
        {
            MemoryReads++;
            return false;
        }

        level.Accesses += isDemand ? 1 : 0;
        var line = level.Find(address);
        if (level.Policy == "exclusive")
        {
            if (line is null)
                return Miss(level, address, isDemand);
            level.Remove(line);
            return line.IsDirty;
        }

        if (line is null)
            level.Take(this, address, Miss(level, address, isDemand));
        else
            level.Use(line);
        return false;
    }

    private void PassDown(Level? level, ulong address)
    {
        if (level is null)
        {
            MemoryWrites++;
            return;
        }

        level.Writes++;
        if (level.Find(address) is { } line)
        {
            level.Use(line);
            line.IsDirty = true;
        }
        else
        {
            PassDown(level.Below, address);
        }
    }

    private void GiveUp(Level level, Line line)
    {
        var isDirty = line.IsDirty;
        if (level.Policy == "inclusive")
            foreach (var above in level.AllAbove)
                if (above.Find(line.Number * (ulong)level.LineSize) is { } copy)
                {
                    above.Remove(copy);
                    isDirty |= copy.IsDirty;
                }
        var address = line.Number * (ulong)level.LineSize;
        if (level.Below is { Policy: "exclusive" } below)
        {
            below.Writes++;
            var held = below.Find(address);
            if (held is null)
                below.Take(this, address, isDirty);
            else
                below.Use(held);
            if (held is not null)
                held.IsDirty |= isDirty;
        }
        else if (isDirty)
        {
            PassDown(level.Below, address);
        }
    }

    internal sealed class Line(ulong number)
    {
        public ulong Number { get; } = number;
        public bool IsDirty { get; set; }
        public bool IsPrefetched { get; set; }
        public long Time { get; set; }
        public int Way { get; init; }
    }

    internal sealed class Level(int size, int lineSize, int ways, string evict, string policy = "nine", Level? below = null)
    {
        private readonly List<Line>[] _sets = [.. Enumerable.Range(0, size / lineSize / ways).Select(static _ => new List<Line>())];
        private readonly Dictionary<(int Set, int Low, int High), bool> _wasLowUsed = [];
        private readonly List<Level> _above = [];
        private long _time;

        public int LineSize => lineSize;
        public string Policy => policy;
        public Level? Below => below;
        public long Accesses { get; set; }
        public long Misses { get; set; }
        public long Writes { get; set; }
        public long Prefetches { get; set; }
        public long UsedPrefetches { get; set; }

        public IEnumerable<Level> AllAbove => _above.SelectMany(static level => level.AllAbove.Prepend(level));

        public Level Above(Level level)
        {
            _above.Add(level);
            return this;
        }

        public Line? Find(ulong address) => SetOf(address / (ulong)lineSize).Find(line => line.Number == address / (ulong)lineSize);

        public void Remove(Line line) => SetOf(line.Number).Remove(line);

        public void Use(Line line)
        {
            if (evict != "fifo")
                line.Time = ++_time;
            if (evict == "plru")
                Note(line);
        }

        public Line Take(PlainHierarchy all, ulong address, bool isDirty)
        {
            var number = address / (ulong)lineSize;
            var set = SetOf(number);
            var given = set.Count < ways ? null : evict == "plru" ? set.Single(line => line.Way == Pointed(number)) : set.MinBy(static line => line.Time)!;
            if (given is not null)
                set.Remove(given);
            var line = new Line(number) { IsDirty = isDirty, Way = Enumerable.Range(0, ways).First(way => !set.Exists(other => other.Way == way)), Time = ++_time };
            set.Add(line);
            if (evict == "plru")
                Note(line);
            if (given is not null)
                all.GiveUp(this, given);
            return line;
        }

        private List<Line> SetOf(ulong number) => _sets[number % (ulong)_sets.Length];

        private void Note(Line line)
        {
            var set = (int)(line.Number % (ulong)_sets.Length);
            for (var (low, high) = (0, ways); high - low > 1;)
            {
                var middle = (low + high) / 2;
                _wasLowUsed[(set, low, high)] = line.Way < middle;
                (low, high) = line.Way < middle ? (low, middle) : (middle, high);
            }
        }

        private int Pointed(ulong number)
        {
            var set = (int)(number % (ulong)_sets.Length);
            var (low, high) = (0, ways);
            while (high - low > 1)
                (low, high) = _wasLowUsed.GetValueOrDefault((set, low, high)) ? ((low + high) / 2, high) : (low, (low + high) / 2);
            return low;
        }
    }
}
