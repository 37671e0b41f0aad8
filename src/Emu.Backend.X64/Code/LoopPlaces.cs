namespace Emu.Backend.X64.Code;

/// <summary>Where guest registers are in the code that is being emitted: where they are in all code, but for those that change places in a loop.</summary>
internal sealed class LoopPlaces(RegisterMap map)
{
    private readonly List<Swap> _swaps = [];

    /// <summary>The code has the map of all code.</summary>
    public void Reset() => _swaps.Clear();

    /// <summary>Two registers have changed places.</summary>
    public void Swap(Swap swap) => _swaps.Add(swap);

    /// <summary>Where the guest register at that state offset is.</summary>
    public Place PlaceOf(int offset)
    {
        foreach (var swap in _swaps)
        {
            if (swap.Hot == offset)
                return Place.Of(swap.Register);
            if (swap.Cold == offset)
                return Place.In(swap.Home);
        }

        return map.PlaceOf(offset);
    }
}
