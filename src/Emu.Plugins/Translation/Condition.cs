namespace Emu.Plugins;

/// <summary>How <c>OnExecuteIf</c> compares a scoreboard entry with an immediate, both unsigned. Evaluated at each execution.</summary>
public enum Condition
{
    /// <summary>Never: nothing is installed.</summary>
    Never,
    /// <summary>Always: as without a condition.</summary>
    Always,
    /// <summary>entry == immediate</summary>
    Equal,
    /// <summary>entry != immediate</summary>
    NotEqual,
    /// <summary>entry &lt; immediate</summary>
    Less,
    /// <summary>entry &lt;= immediate</summary>
    LessOrEqual,
    /// <summary>entry &gt; immediate</summary>
    Greater,
    /// <summary>entry &gt;= immediate</summary>
    GreaterOrEqual,
}
