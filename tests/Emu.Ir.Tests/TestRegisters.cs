namespace Emu.Ir.Tests;

/// <summary>Register names for tests: a0 to a7 are integer registers, f0 to f3 floating-point ones, hdr is a field of the engine's header.</summary>
internal static class TestRegisters
{
    public static IrNames Names { get; } = new(
    [
        .. Enumerable.Range(0, 8).Select(number => ($"a{number}", Offset(number))),
        .. Enumerable.Range(0, 4).Select(number => ($"f{number}", 512 + 8 * number)),
        ("hdr", 64),
    ]);

    public static int Offset(int number) => IrGlobals.FirstRegister + 8 * number;
}
