namespace Emu.Plugins;

/// <summary>What a callback does with the guest's registers, as its signature declares.</summary>
public enum RegisterUse
{
    /// <summary>Nothing: it cannot reach them.</summary>
    None,
    /// <summary>It reads them: <see cref="Registers"/>.</summary>
    Read,
    /// <summary>It writes them, memory or the program counter: <see cref="VCpuControl"/>.</summary>
    Write,
}
