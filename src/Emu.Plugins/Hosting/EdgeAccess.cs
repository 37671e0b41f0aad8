using System.Runtime.CompilerServices;

namespace Emu.Plugins.Hosting;

/// <summary>
/// An edge callback as a backend calls it: as if the edge were an access whose address is the target, whose value is the stack pointer, and which is a store if it is taken. So a
/// backend has one kind of call for whatever is told with two numbers.
/// </summary>
/// <typeparam name="TCallback">The edge callback.</typeparam>
public readonly struct EdgeAccess<TCallback> : IMemoryCallback
    where TCallback : struct, IEdgeCallback
{
    /// <inheritdoc/>
    public static bool IsInlined => TCallback.IsInlined;

    /// <inheritdoc/>
    public static RegisterUse RegisterUse => TCallback.RegisterUse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData) => TCallback.Invoke(self, vcpu, in Edge.Of(in access), userData);

    /// <inheritdoc/>
    public static bool Lower(Plugin self, CallbackBody body, nint userData) => TCallback.Lower(self, body, userData);
}
