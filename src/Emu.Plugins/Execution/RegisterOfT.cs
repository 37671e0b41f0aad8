namespace Emu.Plugins;

/// <summary>
/// A handle of a register whose value is a <typeparamref name="T"/>: <see cref="ulong"/>, <see cref="long"/> or <see cref="double"/> for one of 8 bytes, <see cref="uint"/> for one of 4.
/// Made once, by <see cref="Host.FindRegister{T}(string)"/>; to read it by <see cref="Registers.Read{T}"/> is a load. May be kept, and used on all vCPUs.
/// </summary>
/// <typeparam name="T">What the register holds; as many bytes as it.</typeparam>
public readonly struct Register<T>
    where T : unmanaged
{
    internal Register(int place) => Place = place;

    /// <summary>Above zero: its offset in the state block. Below: the complement of its number, as it is made of others. Zero: nobody has made the handle.</summary>
    internal int Place { get; }
}
