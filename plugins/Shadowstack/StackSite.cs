namespace StandardPlugins;

/// <summary>An instruction that calls, returns or may be a tail call.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Address">Guest address.</param>
/// <param name="FallThrough">Guest address behind it: where its call returns to.</param>
/// <param name="Function">Where the function begins that an indirect jump stands in, if that is known.</param>
/// <param name="Length">Bytes of that function: a jump within it is none to another; 0 if that is not known.</param>
internal readonly record struct StackSite(SiteKind Kind, ulong Address, ulong FallThrough, ulong Function = 0, ulong Length = 0);

/// <summary>What a <see cref="StackSite"/> does.</summary>
internal enum SiteKind
{
    /// <summary>Calls.</summary>
    Call,

    /// <summary>Returns.</summary>
    Return,

    /// <summary>Returns, and keeps a way back.</summary>
    ReturnAndCall,

    /// <summary>Jumps to the beginning of a function.</summary>
    Jump,

    /// <summary>Jumps to wherever a register says, perhaps the beginning of a function.</summary>
    IndirectJump,
}
