using System.Text;
using Emu.Engine.Debugging;
using Emu.Gdb.Packets;

namespace Emu.Gdb.Session;

// Files as the guest sees them, for GDB's "target:" paths: to be read, not written (GDB manual, "Host I/O Packets").
public sealed partial class GdbSession
{
    private const int ReadOnlyFileSystem = 30; // EROFS
    private const int NotSupported = 88;       // ENOSYS of GDB's list
    private const int InvalidArgument = 22;    // EINVAL
    private const int StatusBytes = 64;
    private const uint WriteAccess = 3;        // FILEIO_O_WRONLY, FILEIO_O_RDWR

    private readonly HashSet<int> _files = [];

    private string AnswerFile(string text)
    {
        var (name, rest) = text.IndexOf(':') is var at and > 0 ? (text[..at], text[(at + 1)..]) : (text, "");
        return name switch
        {
            "setfs" => "F0",
            "open" => OpenFile(rest.Split(',')),
            "pread" => ReadFile(rest.Split(',')),
            "close" => CloseFile(rest),
            "fstat" => DescribeFile(rest),
            "readlink" => ReadLink(rest),
            "pwrite" or "unlink" => FileError(ReadOnlyFileSystem),
            _ => Unknown,
        };
    }

    private string OpenFile(string[] parts)
    {
        if (parts.Length != 3 || !Hex.TryBytes(parts[0], out var path) || !Hex.TryNumber(parts[1], out var flags))
            return FileError(InvalidArgument);
        if ((flags & WriteAccess) != 0)
            return FileError(ReadOnlyFileSystem);
        var descriptor = target.OpenFile(path);
        if (descriptor < 0)
            return FileError(-descriptor);
        _files.Add(descriptor);
        return $"F{descriptor:x}";
    }

    private string ReadFile(string[] parts)
    {
        if (parts.Length != 3 || !TryFile(parts[0], out var descriptor) || !Hex.TryNumber(parts[1], out var count) || !Hex.TryNumber(parts[2], out var offset))
            return FileError(InvalidArgument);
        var bytes = new byte[Math.Min(count, MostRead)];
        var length = target.ReadFile(descriptor, offset, bytes);
        return length < 0 ? FileError(-length) : $"F{length:x};{Encoding.Latin1.GetString(bytes, 0, length)}";
    }

    private string CloseFile(string number)
    {
        if (!TryFile(number, out var descriptor))
            return FileError(InvalidArgument);
        _files.Remove(descriptor);
        return target.CloseFile(descriptor) is var error and < 0 ? FileError(-error) : "F0";
    }

    private string DescribeFile(string number)
    {
        if (!TryFile(number, out var descriptor))
            return FileError(InvalidArgument);
        return target.DescribeFile(descriptor, out var status) is var error and < 0
            ? FileError(-error)
            : $"F{StatusBytes:x};{Encoding.Latin1.GetString(Pack(status))}";
    }

    private string ReadLink(string path)
    {
        if (!Hex.TryBytes(path, out var bytes))
            return FileError(InvalidArgument);
        return target.ReadLink(bytes, out var link) is var error and < 0 ? FileError(-error) : $"F{link.Length:x};{Encoding.Latin1.GetString(link)}";
    }

    /// <summary>Only files that this debugger has opened; all others are the guest's or the emulator's.</summary>
    private bool TryFile(string number, out int descriptor)
    {
        descriptor = Hex.TryNumber(number, out var value) && value <= int.MaxValue ? (int)value : -1;
        return _files.Contains(descriptor);
    }

    /// <summary>struct stat of the protocol: big-endian ("struct stat" in the manual's File-I/O part).</summary>
    private static byte[] Pack(in DebugFileStatus status)
    {
        var bytes = new byte[StatusBytes];
        var at = 0;
        foreach (var value in (ReadOnlySpan<ulong>)[status.Device, status.Inode, status.Mode, status.Links, status.User, status.Group, 0])
            Put(bytes, ref at, value, sizeof(uint));
        foreach (var value in (ReadOnlySpan<ulong>)[status.Size, status.BlockSize, status.Blocks])
            Put(bytes, ref at, value, sizeof(ulong));
        for (var time = 0; time < 3; time++)
            Put(bytes, ref at, (ulong)status.Modified, sizeof(uint));
        return bytes;
    }

    private static void Put(byte[] bytes, ref int at, ulong value, int size)
    {
        Hex.PutBigEndian(bytes.AsSpan(at, size), value);
        at += size;
    }

    /// <summary>An error by GDB's number (include/gdb/fileio.h), which is that of Linux for the most part.</summary>
    private static string FileError(int error) => $"F-1,{ErrorNumber(error):x}";

    private static int ErrorNumber(int error) => error switch
    {
        1 or 2 or 4 or 5 or 9 or 13 or 14 or 16 or 17 or 19 or 20 or 21 or 22 or 23 or 24 or 27 or 28 or 29 or 30 => error,
        36 => 91, // ENAMETOOLONG
        38 => NotSupported,
        _ => 9999, // FILEIO_EUNKNOWN
    };
}
