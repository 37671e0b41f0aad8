using Emu.Ir;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>
/// Names a micro-op: the IR op, a variant (width, sign or condition) and where its operands come from. Handler tables are indexed by it.
/// </summary>
internal readonly record struct OpKey(int Value)
{
    /// <summary>Number of possible keys.</summary>
    public const int Count = IrOps.Count << 7;

    /// <summary>The key of a micro-op; <paramref name="variant"/> has three bits.</summary>
    public static OpKey Of(IrOp op, int variant, SourceKind a, SourceKind b) => new((((int)op << 3 | variant) << 4) | ((int)a << 2) | (int)b);

    /// <summary>The key of an execution callback that is compiled into its handler, or null if its number is beyond what keys can name.</summary>
    public static OpKey? OfCallback(int callback) => callback < 1 << 7 ? new(((int)IrOp.PluginExec << 7) | callback) : null;

    public IrOp Op => (IrOp)(Value >> 7);

    public int Variant => (Value >> 4) & 7;

    public SourceKind A => (SourceKind)((Value >> 2) & 3);

    public SourceKind B => (SourceKind)(Value & 3);

    /// <summary>The same micro-op with other sources.</summary>
    public OpKey With(SourceKind a, SourceKind b) => Of(Op, Variant, a, b);

    public override string ToString() => Op == IrOp.PluginExec ? $"{Op} #{Value & ((1 << 7) - 1)}" : $"{Op}.{Variant} {A} {B}";
}
