using System.Runtime.InteropServices;
using Emu.Linux.Host;

namespace Emu.Linux.Abi;

/// <summary><c>struct new_utsname</c>: six texts of 65 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SystemName
{
    private const int TextSize = 65;
    private const int Machine = 4;

    public fixed byte Texts[6 * TextSize];

    /// <summary>Replaces the name of the host's machine.</summary>
    public void SetMachine(string name)
    {
        fixed (byte* texts = Texts)
        {
            var field = new Span<byte>(texts + Machine * TextSize, TextSize);
            field.Clear();
            RawText.Encode(name).CopyTo(field);
        }
    }
}
