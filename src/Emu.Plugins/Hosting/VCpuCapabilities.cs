using System.Runtime.CompilerServices;

namespace Emu.Plugins.Hosting;

/// <summary>
/// What callbacks are given beside the vCPU, by generated code and only if their signature declares it: without <see cref="IExecCallback.RegisterUse"/>, what is read here is not exact.
/// </summary>
public static class VCpuCapabilities
{
    /// <summary>The registers of the vCPU, which is that of the call itself: not a copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Registers RegistersOf(in VCpu vcpu) => new((nint)Unsafe.AsPointer(ref Unsafe.AsRef(in vcpu)));

    /// <summary>The means to change the vCPU, which is that of the call itself: not a copy.</summary>
    public static unsafe VCpuControl ControlOf(in VCpu vcpu) => new((nint)Unsafe.AsPointer(ref Unsafe.AsRef(in vcpu)));
}
