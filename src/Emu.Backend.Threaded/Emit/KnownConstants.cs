using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

/// <summary>
/// Guest registers that hold a constant where the emitter stands. Ops whose operands must lie in the state block read it there, instead of having it put in place
/// once more.
/// </summary>
internal sealed class KnownConstants
{
    private readonly List<(ushort Place, ulong Value)> _known = [];

    public void Begin() => _known.Clear();

    /// <summary>Notes what the instruction, just emitted, changes.</summary>
    public void After(in IrInsn insn, IrBlock ir)
    {
        if (insn.Op.Has(IrProperties.Calls))
            _known.Clear();
        if (!insn.Dst.IsGlobal)
            return;
        var place = checked((ushort)insn.Dst.Index);
        Forget(place);
        if (insn.Op == IrOp.Mov && insn.A.IsConstant)
            _known.Add((place, ir.ConstantOf(insn.A)));
    }

    /// <summary>The register that holds the value.</summary>
    public bool TryFind(ulong value, out ushort place)
    {
        foreach (var known in _known)
        {
            if (known.Value != value)
                continue;
            place = known.Place;
            return true;
        }

        place = 0;
        return false;
    }

    /// <summary>The register that was set last, for an address: any constant does as base, with the difference as displacement.</summary>
    public bool TryTakeBase(out ushort place, out ulong value)
    {
        (place, value) = _known.Count > 0 ? _known[^1] : default;
        return _known.Count > 0;
    }

    private void Forget(ushort place)
    {
        for (var i = _known.Count - 1; i >= 0; i--)
            if (_known[i].Place == place)
                _known.RemoveAt(i);
    }
}
