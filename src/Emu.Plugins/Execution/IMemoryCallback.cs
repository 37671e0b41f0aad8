namespace Emu.Plugins;

/// <summary>A memory callback as a type; see <see cref="IExecCallback"/>. Usually generated from a method with <see cref="MemoryCallbackAttribute"/>.</summary>
public interface IMemoryCallback
{
    /// <summary>Called on the vCPU's thread after the access, with no lock held.</summary>
    /// <param name="self">The plugin that asked.</param>
    /// <param name="vcpu">The vCPU; its program counter is that of the instruction.</param>
    /// <param name="access">The access that was made.</param>
    /// <param name="userData">What the plugin gave when it asked.</param>
    static abstract void Invoke(Plugin self, VCpu vcpu, MemoryAccess access, nint userData);
}
