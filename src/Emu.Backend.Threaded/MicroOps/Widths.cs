using System.Runtime.CompilerServices;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A memory access's width and extension as a type.</summary>
internal unsafe interface IWidth
{
    /// <summary>log2 of the bytes.</summary>
    static abstract int Shift { get; }

    /// <summary>Three bits for the handler's key: <see cref="Shift"/> and, above it, the sign.</summary>
    static abstract int Variant { get; }

    static abstract ulong Load(byte* host);

    static abstract void Store(byte* host, ulong value);
}

internal readonly unsafe struct U8 : IWidth
{
    public static int Shift => 0;
    public static int Variant => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => *host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *host = (byte)value;
}

internal readonly unsafe struct U16 : IWidth
{
    public static int Shift => 1;
    public static int Variant => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => *(ushort*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *(ushort*)host = (ushort)value;
}

internal readonly unsafe struct U32 : IWidth
{
    public static int Shift => 2;
    public static int Variant => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => *(uint*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *(uint*)host = (uint)value;
}

internal readonly unsafe struct U64 : IWidth
{
    public static int Shift => 3;
    public static int Variant => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => *(ulong*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *(ulong*)host = value;
}

internal readonly unsafe struct S8 : IWidth
{
    public static int Shift => 0;
    public static int Variant => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => (ulong)*(sbyte*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *host = (byte)value;
}

internal readonly unsafe struct S16 : IWidth
{
    public static int Shift => 1;
    public static int Variant => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => (ulong)*(short*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *(short*)host = (short)value;
}

internal readonly unsafe struct S32 : IWidth
{
    public static int Shift => 2;
    public static int Variant => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => (ulong)*(int*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *(int*)host = (int)value;
}
