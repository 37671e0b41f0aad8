namespace Emu.Ir;

/// <summary>What the IR assumes about the vCPU state block, in which every global is a place.</summary>
public static class IrGlobals
{
    /// <summary>Bytes of a global: all are 64-bit values at offsets divisible by this.</summary>
    public const int Size = 8;

    /// <summary>
    /// Byte offset from which on globals are guest registers. Below it lies the engine's header: fields that ops and the
    /// engine use without naming them (float flags, rounding mode, reservation, pc). A global there is volatile: passes
    /// neither keep its value nor remove a write to it.
    /// </summary>
    public const int FirstRegister = 256;
}
