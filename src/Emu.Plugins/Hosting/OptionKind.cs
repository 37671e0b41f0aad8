namespace Emu.Plugins.Hosting;

/// <summary>What values an option takes.</summary>
public enum OptionKind
{
    /// <summary>on or off, in QEMU's spellings.</summary>
    Switch,
    /// <summary>A whole number.</summary>
    Number,
    /// <summary>Any text.</summary>
    Text,
    /// <summary>Any text, as often as wanted.</summary>
    TextList,
    /// <summary>One of a few words.</summary>
    Choice,
    /// <summary>A number with a fraction.</summary>
    Fraction,
    /// <summary>A number of bytes.</summary>
    Size,
    /// <summary>A range of guest addresses.</summary>
    Range,
}
