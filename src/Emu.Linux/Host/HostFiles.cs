using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>File calls of the host's C library; each answers minus errno on failure.</summary>
internal static unsafe partial class HostFiles
{
    public const int OpenReadOnly = 0;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int CurrentDirectory = -100;
    public const int EmptyPath = 0x1000;
    public const uint StatxBasic = 0x7ff;

    public static int Open(byte[] path, int flags)
    {
        fixed (byte* zeroTerminated = RawText.WithZero(path))
            return (int)HostErrors.Fold(OpenAt(CurrentDirectory, zeroTerminated, flags, 0));
    }

    /// <summary>True if the path names something, be it a dangling link.</summary>
    public static bool Exists(byte[] path)
    {
        const int NoFollow = 0x100;
        HostStatx status;
        fixed (byte* zeroTerminated = RawText.WithZero(path))
            return Statx(CurrentDirectory, zeroTerminated, NoFollow, 0, &status) == 0;
    }

    public static long ReadAt(int descriptor, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
            return HostErrors.Fold(PRead(descriptor, start, (nuint)buffer.Length, offset));
    }

    public static int Describe(int descriptor, out HostStatx status)
    {
        byte zero = 0;
        fixed (HostStatx* result = &status)
            return (int)HostErrors.Fold(Statx(descriptor, &zero, EmptyPath, StatxBasic, result));
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint PRead(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Statx(int directory, byte* path, int flags, uint mask, HostStatx* result);
}
