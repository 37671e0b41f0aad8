using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>Two guest registers that change places in a loop.</summary>
/// <param name="Register">The host register.</param>
/// <param name="Cold">State offset of the guest register whose it is in all other code.</param>
/// <param name="Hot">State offset of the guest register that has it in the loop.</param>
/// <param name="Home">State offset of the word where the former is meanwhile.</param>
internal readonly record struct Swap(Reg Register, int Cold, int Hot, int Home)
{
    /// <summary>Most of them in one loop.</summary>
    public const int Most = 4;
}
