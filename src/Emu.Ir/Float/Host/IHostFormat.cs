using System.Numerics;

namespace Emu.Ir.Float;

/// <summary>A format that the host's floating-point unit computes in.</summary>
/// <typeparam name="THost">The type of that format.</typeparam>
internal interface IHostFormat<THost> : IFloatFormat where THost : struct, IBinaryFloatingPointIeee754<THost>
{
    /// <summary>The datum of a pattern.</summary>
    static abstract THost ToHost(ulong bits);

    /// <summary>The pattern of a datum, zero-extended.</summary>
    static abstract ulong FromHost(THost value);
}
