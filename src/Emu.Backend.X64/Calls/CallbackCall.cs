using System.Runtime.InteropServices;

namespace Emu.Backend.X64.Calls;

/// <summary>What a call of a plugin's callback needs, beside the code.</summary>
internal static class CallbackCall
{
    /// <summary>Offset of the unmanaged function.</summary>
    public const int Function = 0;

    /// <summary>Offset of the plugin's handle.</summary>
    public const int Plugin = 8;

    /// <summary>Offset of the user data.</summary>
    public const int UserData = 16;

    /// <summary>Offset of the guest address of the instruction.</summary>
    public const int Pc = 24;
}
