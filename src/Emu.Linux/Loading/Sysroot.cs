using Emu.Linux.Calls;
using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>
/// The directory that stands for the guest's file system root in part: a path that exists below it is taken from there, every other from the host. Inside, symbolic
/// links and <c>..</c> are followed as if the directory were the root (openat2(2), RESOLVE_IN_ROOT), so that an absolute link stays inside. Thread-safe.
/// </summary>
internal sealed unsafe class Sysroot(byte[]? directory) : IDisposable
{
    private readonly Lock _gate = new();
    private byte[] _realPath = [];
    private int _descriptor = -1;

    /// <summary>True if no directory is set: paths are the host's.</summary>
    public bool IsEmpty => directory is null;

    /// <summary>The host path for an absolute guest path whose last link is followed.</summary>
    public byte[] Locate(ReadOnlySpan<byte> path) => TryLocate(HostFiles.CurrentDirectory, path, follow: true, out var inside) ? inside : path.ToArray();

    /// <summary>The host path of what a path names below the directory, if there is such a thing.</summary>
    /// <param name="from">Where a relative path begins: a descriptor of the host, or AT_FDCWD. Only one that begins below the directory is looked for there.</param>
    /// <param name="path">The guest's path.</param>
    /// <param name="follow">A symbolic link at the end is followed.</param>
    /// <param name="inside">An absolute path of the host, in which no link but perhaps the last component is left.</param>
    public bool TryLocate(int from, ReadOnlySpan<byte> path, bool follow, out byte[] inside)
    {
        inside = [];
        if (path.Length == 0 || !Open())
            return false;
        var whole = path[0] == '/' ? path.ToArray() : FromRoot(from, path);
        if (whole.Length == 0)
            return false;
        var descriptor = Resolve(whole, follow);
        if (descriptor < 0)
            return false;
        inside = HostFiles.PathOf(descriptor);
        HostFiles.Close(descriptor);
        return inside.Length > 0;
    }

    private int Resolve(byte[] path, bool follow)
    {
        const ulong InRoot = 0x10; // RESOLVE_IN_ROOT
        // struct open_how: flags, mode, resolve.
        var how = stackalloc ulong[3];
        how[0] = HostFiles.OpenPath | HostFiles.OpenCloseOnExec | (follow ? 0UL : HostFiles.OpenNoFollow);
        how[2] = InRoot;
        fixed (byte* text = RawText.WithZero(path))
            return (int)Kernel.Call(HostCall.Openat2, _descriptor, (nint)text, (nint)how, 3 * sizeof(ulong));
    }

    /// <summary>A relative path as one that begins at the root; nothing if it begins outside.</summary>
    private byte[] FromRoot(int from, ReadOnlySpan<byte> path)
    {
        var start = from == HostFiles.CurrentDirectory ? HostFiles.ReadLink("/proc/self/cwd"u8.ToArray()) : HostFiles.PathOf(from);
        var below = start.AsSpan().StartsWith(_realPath) && (start.Length == _realPath.Length || start[_realPath.Length] == '/' || _realPath.Length == 1);
        return below ? [.. start.AsSpan(_realPath.Length == 1 ? 0 : _realPath.Length), (byte)'/', .. path] : [];
    }

    private bool Open()
    {
        if (directory is null)
            return false;
        lock (_gate)
        {
            if (_descriptor >= 0)
                return true;
            var opened = HostFiles.Open(directory, HostFiles.OpenPath | HostFiles.OpenCloseOnExec);
            if (opened < 0)
                return false;
            _descriptor = HostDescriptors.Reserve(opened);
            _realPath = HostFiles.PathOf(_descriptor);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_descriptor >= 0)
                HostDescriptors.Release(_descriptor);
            _descriptor = -1;
        }
    }
}
