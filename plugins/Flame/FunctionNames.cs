using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The functions that blocks lie in, by numbers that callbacks are given. Numbers are added by threads that translate, and read by all.</summary>
internal sealed class FunctionNames(Host host)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _numbers = [];
    private volatile string[] _names = [];

    public string this[int number] => _names[number];

    /// <summary>The number of the function that an address lies in; where none is known, of the place itself in its file.</summary>
    public int NumberOf(ulong address, string? symbol)
    {
        lock (_gate)
        {
            var name = (symbol ?? PlaceOf(address)).Replace(';', ':');
            if (_numbers.TryGetValue(name, out var number))
                return number;
            number = _numbers.Count;
            var names = _names;
            if (number == names.Length)
                Array.Resize(ref names, Math.Max(256, 2 * number));
            names[number] = name;
            _names = names;
            _numbers.Add(name, number);
            return number;
        }
    }

    private string PlaceOf(ulong address)
    {
        foreach (var module in host.Modules)
            if (module.Contains(address))
                return $"[{Path.GetFileName(module.Path)}+0x{address - module.Base:x}]";
        return $"[0x{address:x}]";
    }
}
