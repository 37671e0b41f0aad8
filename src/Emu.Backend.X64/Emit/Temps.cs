using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

/// <summary>
/// Where the temporaries of a block are: one that is used by the very next op only stays in rax; one of floating point has a vector register while there are free ones; the
/// others lie in the spill area of the state block.
/// </summary>
internal sealed class Temps(int spillOffset)
{
    /// <summary>The vector registers that hold temporaries.</summary>
    public static readonly Xmm[] Registers = [Xmm.Xmm11, Xmm.Xmm12, Xmm.Xmm13];

    private readonly List<(int Temp, int LastUse)> _live = [];
    private readonly Stack<int> _free = new();
    private int[] _firstUse = new int[256];
    private int[] _lastUse = new int[256];
    private Place[] _places = new Place[256];
    private int _vectorsInUse;
    private int _next;

    /// <summary>Starts a block: finds where each temporary is used.</summary>
    public void Begin(IrBlock ir)
    {
        if (_lastUse.Length < ir.TempCount)
        {
            Array.Resize(ref _firstUse, ir.TempCount * 2);
            Array.Resize(ref _lastUse, ir.TempCount * 2);
            Array.Resize(ref _places, ir.TempCount * 2);
        }

        Array.Fill(_firstUse, -1, 0, ir.TempCount);
        Array.Fill(_lastUse, -1, 0, ir.TempCount);
        Array.Clear(_places, 0, ir.TempCount);
        _live.Clear();
        _free.Clear();
        _vectorsInUse = 0;
        _next = (spillOffset + 7) & ~7;
        var insns = ir.Insns;
        for (var i = 0; i < insns.Length; i++)
        {
            Use(insns[i].A, i);
            Use(insns[i].B, i);
            Use(insns[i].C, i);
        }
    }

    /// <summary>Goes on to the instruction at that index: places of temporaries that died before it become free.</summary>
    public void At(int index)
    {
        for (var i = _live.Count - 1; i >= 0; i--)
        {
            if (_live[i].LastUse >= index)
                continue;
            Free(_places[_live[i].Temp]);
            _live[i] = _live[^1];
            _live.RemoveAt(_live.Count - 1);
        }
    }

    /// <summary>Where a temporary is.</summary>
    public Place Of(IrValue temp) => _places[temp.Index];

    /// <summary>The last instruction that uses it, or -1.</summary>
    public int LastUseOf(IrValue temp) => _lastUse[temp.Index];

    /// <summary>True if the instruction at <paramref name="next"/> is the only one that uses it.</summary>
    public bool IsOnlyUsedAt(IrValue temp, int next) => _firstUse[temp.Index] == next && _lastUse[temp.Index] == next;

    /// <summary>A temporary is where another value is, or in rax: nothing is to be given back.</summary>
    public void Put(IrValue temp, Place place) => _places[temp.Index] = place;

    /// <summary>Gives the temporary a place in the state block.</summary>
    public Place Spill(IrValue temp)
    {
        if (!_free.TryPop(out var offset))
        {
            if (_next + 8 > VCpuContext.TracesOffset)
                throw new InvalidOperationException("a block needs more temporaries at once than the state block has room for");
            offset = _next;
            _next += 8;
        }

        return Keep(temp, Place.In(offset));
    }

    /// <summary>Gives a temporary that is in a register a place in the state block instead.</summary>
    public Place Move(IrValue temp)
    {
        var old = _places[temp.Index];
        var isKept = TryForget(temp.Index);
        if (isKept)
            Free(old);
        return Spill(temp);
    }

    /// <summary>Moves one of the temporaries in vector registers into the state block, if there is one.</summary>
    public bool TryTakeVector(out Place old, out Place home)
    {
        foreach (var (temp, _) in _live)
        {
            old = _places[temp];
            if (!old.IsVector)
                continue;
            home = Move(IrValue.Temp(temp));
            return true;
        }

        old = home = default;
        return false;
    }

    /// <summary>Gives the temporary a vector register, if one is free, else a place in the state block.</summary>
    public Place Float(IrValue temp, bool isNarrow)
    {
        for (var i = 0; i < Registers.Length; i++)
        {
            if ((_vectorsInUse & (1 << i)) != 0)
                continue;
            _vectorsInUse |= 1 << i;
            return Keep(temp, Place.Of(Registers[i], isNarrow));
        }

        return Spill(temp);
    }

    private Place Keep(IrValue temp, Place place)
    {
        _places[temp.Index] = place;
        _live.Add((temp.Index, _lastUse[temp.Index]));
        return place;
    }

    private bool TryForget(int temp)
    {
        for (var i = 0; i < _live.Count; i++)
        {
            if (_live[i].Temp != temp)
                continue;
            _live.RemoveAt(i);
            return true;
        }

        return false;
    }

    private void Free(Place place)
    {
        if (place.IsState)
            _free.Push(place.Offset);
        else if (place.IsVector)
            _vectorsInUse &= ~(1 << Array.IndexOf(Registers, place.Vector));
    }

    private void Use(IrValue value, int index)
    {
        if (!value.IsTemp)
            return;
        if (_firstUse[value.Index] < 0)
            _firstUse[value.Index] = index;
        _lastUse[value.Index] = index;
    }
}
