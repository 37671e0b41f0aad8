using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// Numbers the keys that occur at one place of a fused handler, so that handlers lie in a dense table. Like these tables it lives as long as the process, in
/// native memory, of which a start touches only what it needs.
/// </summary>
internal sealed unsafe class KeyIndex
{
    private readonly short* _numbers = (short*)NativeMemory.AllocZeroed(OpKey.Count, sizeof(short));
    private readonly List<OpKey> _keys = [];

    /// <summary>How many keys have a number.</summary>
    public int Count => _keys.Count;

    /// <summary>The key with that number.</summary>
    public OpKey this[int number] => _keys[number];

    /// <summary>The key's number, given at its first mention.</summary>
    public int Add(OpKey key)
    {
        ref var number = ref _numbers[key.Value];
        if (number == 0)
        {
            _keys.Add(key);
            number = checked((short)_keys.Count);
        }

        return number - 1;
    }

    /// <summary>The key's number, or -1.</summary>
    public int Find(OpKey key) => _numbers[key.Value] - 1;
}
