using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

/// <summary>Gives each temporary a place in the spill area of the state block for as long as it lives.</summary>
internal sealed class TempSlots(int spillOffset)
{
    private int[] _lastUse = new int[256];
    private ushort[] _offsets = new ushort[256];
    private readonly Stack<ushort> _free = new();
    private readonly List<(ushort Offset, int LastUse)> _live = [];
    private int _next;
    private int _at;

    /// <summary>Starts a block: finds where each temporary is used last.</summary>
    public void Begin(IrBlock ir)
    {
        if (_lastUse.Length < ir.TempCount)
        {
            Array.Resize(ref _lastUse, ir.TempCount * 2);
            Array.Resize(ref _offsets, ir.TempCount * 2);
        }

        _free.Clear();
        _live.Clear();
        _next = (spillOffset + 7) & ~7;
        Array.Clear(_offsets, 0, ir.TempCount);
        var insns = ir.Insns;
        for (var i = 0; i < insns.Length; i++)
        {
            Use(insns[i].A, i);
            Use(insns[i].B, i);
            Use(insns[i].C, i);
            Use(insns[i].Dst, i);
        }
    }

    /// <summary>Goes on to the instruction at that index: slots of temporaries that died before it become free.</summary>
    public void At(int index)
    {
        _at = index;
        for (var i = _live.Count - 1; i >= 0; i--)
        {
            if (_live[i].LastUse >= index)
                continue;
            _free.Push(_live[i].Offset);
            _live[i] = _live[^1];
            _live.RemoveAt(_live.Count - 1);
        }
    }

    /// <summary>The place of a temporary; given at its first mention, which is its definition.</summary>
    public ushort Of(IrValue temp)
    {
        ref var offset = ref _offsets[temp.Index];
        if (offset == 0)
            offset = Take(_lastUse[temp.Index]);
        return offset;
    }

    /// <summary>A place that is free again after the current instruction.</summary>
    public ushort Scratch() => Take(_at);

    private ushort Take(int lastUse)
    {
        if (!_free.TryPop(out var offset))
        {
            if (_next + 8 > VCpuContext.TracesOffset)
                throw new InvalidOperationException("a block needs more temporaries at once than the state block has room for");
            offset = (ushort)_next;
            _next += 8;
        }

        _live.Add((offset, lastUse));
        return offset;
    }

    private void Use(IrValue value, int index)
    {
        if (value.IsTemp)
            _lastUse[value.Index] = index;
    }
}
