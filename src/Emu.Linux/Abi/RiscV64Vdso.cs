using Emu.Engine.Memory;

namespace Emu.Linux.Abi;

/// <summary>
/// The shared object that Linux maps into every riscv64 program (vdso(7)): C libraries look for <c>__vdso_clock_gettime</c> and its like there, and signal handlers return to
/// <c>__vdso_rt_sigreturn</c>. Its functions only make the system calls, as QEMU's do.
/// </summary>
internal static partial class RiscV64Vdso
{
    /// <summary>Maps it where there is room; its address and that of the code that a handler returns to, or zeros where there is none.</summary>
    public static (ulong Start, ulong SignalReturn) Map(GuestMemory memory)
    {
        var request = new MapRequest { Length = (ulong)Image.Length, Permissions = PagePermissions.Read | PagePermissions.Write, Label = "[vdso]" };
        if (memory.Map(request, out var address) != MapError.None || !memory.TryWrite(address, Image)
            || memory.Protect(address, GuestMemory.RoundUp((ulong)Image.Length), PagePermissions.Read | PagePermissions.Execute) != MapError.None)
            return default;
        return (address, address + SigreturnOffset);
    }
}
