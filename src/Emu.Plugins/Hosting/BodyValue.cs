namespace Emu.Plugins.Hosting;

/// <summary>
/// A 64-bit number in a body that is told to a <see cref="CallbackBody"/>: signed numbers are sign-extended, unsigned ones zero-extended, true is 1 and false 0. It is good only with
/// the body that gave it, and while that is told.
/// </summary>
public readonly struct BodyValue
{
    private BodyValue(bool isConstant, ulong bits) => (IsConstant, Bits) = (isConstant, bits);

    /// <summary>True if the number is known when the code is translated.</summary>
    internal bool IsConstant { get; }

    /// <summary>The number, or what the engine knows it by.</summary>
    internal ulong Bits { get; }

    /// <summary>A number that is known.</summary>
    public static BodyValue Of(ulong number) => new(isConstant: true, number);

    /// <inheritdoc cref="Of(ulong)"/>
    public static BodyValue Of(long number) => new(isConstant: true, (ulong)number);

    /// <inheritdoc cref="Of(ulong)"/>
    public static BodyValue Of(bool value) => new(isConstant: true, value ? 1UL : 0UL);

    /// <summary>A number that the guest's run makes.</summary>
    internal static BodyValue Computed(ulong bits) => new(isConstant: false, bits);
}
