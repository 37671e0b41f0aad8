using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>
/// The directory that stands for the guest's file system root in part: an absolute path that exists below it is taken from there, every other from the host.
/// </summary>
internal sealed class Sysroot(byte[]? directory)
{
    /// <summary>True if no directory is set: paths are the host's.</summary>
    public bool IsEmpty => directory is null;

    /// <summary>The host path for a guest path.</summary>
    public byte[] Locate(ReadOnlySpan<byte> path) => TryLocate(path, out var inside) ? inside : path.ToArray();

    /// <summary>The path below the directory, if it is absolute and exists there.</summary>
    public bool TryLocate(ReadOnlySpan<byte> path, out byte[] inside)
    {
        inside = [];
        if (directory is null || path.Length == 0 || path[0] != '/')
            return false;
        inside = [.. directory, .. path];
        return HostFiles.Exists(inside);
    }
}
