namespace Emu.Ir.Text;

/// <summary>The words for <see cref="IrInsn.Flags"/> behind an op's name, such as the <c>ltu</c> of <c>Branch.ltu</c>.</summary>
internal static class IrModifiers
{
    private static readonly string[] Conditions = ["eq", "ne", "lt", "ge", "ltu", "geu"];
    private static readonly string[] Exits = ["resume", "fence", "yield", "breakpoint"];
    private static readonly string[] Roundings = ["", "rtz", "rdn", "rup", "rmm", "?", "?", "dyn"];
    private static readonly string[] Accesses = ["", "s", "store", "s_store"];
    private static readonly string[] Nothing = [""];

    /// <summary>The word for the flags of an op: empty if nothing need be said, null if the op cannot have them.</summary>
    public static string? WordOf(IrOp op, IrFlags flags)
    {
        var words = WordsOf(op);
        return (int)flags < words.Length && words[(int)flags] != "?" ? words[(int)flags] : null;
    }

    /// <summary>The flags that a word means for an op; false if it means none.</summary>
    public static bool TryFind(IrOp op, string word, out IrFlags flags)
    {
        var index = word == "?" ? -1 : Array.IndexOf(WordsOf(op), word);
        flags = (IrFlags)Math.Max(index, 0);
        return index >= 0;
    }

    private static string[] WordsOf(IrOp op) => op switch
    {
        IrOp.Branch or IrOp.LeaveIf => Conditions,
        IrOp.Exit => Exits,
        IrOp.Load => Accesses[..2],
        IrOp.PluginMem => Accesses,
        _ when op.Has(IrProperties.Flags) => Roundings,
        _ => Nothing,
    };
}
