using System.Globalization;
using System.Runtime.InteropServices;
using Emu.Linux.Host;

namespace Emu.Cli.Output;

/// <summary>
/// Where the log or the report goes: a named file, or standard error. The file is opened before the guest is loaded, so that one that cannot be
/// written is known early; it is emptied only when the guest starts, and a file that was made for a guest that then could not start is removed again.
/// </summary>
internal sealed partial class OutputFile
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NoTerminal = 0x100;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int EveryoneReadsAndWrites = 0x1b6; // 0666, less the umask
    private const int Exists = 17; // EEXIST

    private const string ProcessNumber = "%p";

    private readonly string? _name;
    private readonly string _purpose;
    private bool _isNew;
    private string? _path;
    private int _descriptor = -1;

    /// <summary>Opens the file, or standard error for null.</summary>
    /// <param name="name">The file's name, in which <c>%p</c> stands for the number of this process; or null.</param>
    /// <param name="purpose">What it is, for messages.</param>
    /// <exception cref="EmuFailure">The file cannot be written.</exception>
    public OutputFile(string? name, string purpose)
    {
        (_name, _path, _purpose) = (name, PathOf(name), purpose);
        if (_path is not { } path)
        {
            Writer = DescriptorWriter.StandardError;
            return;
        }

        _descriptor = OpenAppending(path, Exclusive);
        _isNew = _descriptor >= 0;
        if (!_isNew && Marshal.GetLastPInvokeError() == Exists)
            _descriptor = OpenAppending(path, 0);
        if (_descriptor < 0)
            throw Failed(Marshal.GetLastPInvokeError());
        // Out of the guest's way: it must neither see the file nor find it in the place of a standard stream that was closed.
        _descriptor = HostDescriptors.Reserve(_descriptor);
        Writer = new DescriptorWriter(_descriptor);
    }

    /// <summary>The file's name; null for standard error.</summary>
    public string? Path => _path;

    /// <summary>True if each process has a file of its own.</summary>
    public bool IsPerProcess => _name?.Contains(ProcessNumber, StringComparison.Ordinal) ?? false;

    /// <summary>Takes the text.</summary>
    public DescriptorWriter Writer { get; }

    /// <summary>The guest starts: what an earlier run wrote goes, but not if that was the same process with another program.</summary>
    public void Begin(bool isContinuation)
    {
        // Pipes and devices cannot be emptied and need not be.
        if (_descriptor >= 0 && !isContinuation)
            _ = Truncate(_descriptor, 0);
    }

    /// <summary>
    /// In a forked child: a file whose name tells the process is another from now on. One that cannot be opened is told of at the end. Nothing must wait to be written.
    /// </summary>
    public void PartFromParent()
    {
        // A shared file stays the parent's.
        _isNew = IsPerProcess;
        if (!_isNew)
            return;
        HostDescriptors.Release(_descriptor);
        _path = PathOf(_name);
        var opened = OpenAppending(_path!, 0);
        _descriptor = opened >= 0 ? HostDescriptors.TryReserve(opened) : -Marshal.GetLastPInvokeError();
        Writer.Redirect(_descriptor);
        Begin(isContinuation: false);
    }

    /// <summary>Takes away what was written behind so many bytes, of which it may be the last part that could not be written whole.</summary>
    public void CutTo(long length)
    {
        if (_descriptor >= 0)
            _ = Truncate(_descriptor, length);
    }

    /// <summary>Leaves no file that was not there before: the guest did not start, or what the file was made for could not be written.</summary>
    public void Abandon()
    {
        if (_isNew)
            _ = Unlink(RawText.WithZero(RawText.Encode(_path!)));
    }

    /// <summary>Writes what waits, and says so if something could not be written: in a line or, where that was standard error, by the exit code alone.</summary>
    /// <exception cref="EmuFailure">A write failed.</exception>
    public void RequireWritten()
    {
        Writer.Flush();
        if (Writer.Failure != 0)
            throw Failed(Writer.Failure);
    }

    /// <summary>As <see cref="RequireWritten"/>, for what is worth nothing in part: a file that was made for it is then removed.</summary>
    /// <exception cref="EmuFailure">A write failed.</exception>
    public void RequireWhole()
    {
        Writer.Flush();
        if (Writer.Failure != 0)
            Abandon();
        RequireWritten();
    }

    private EmuFailure Failed(int error) =>
        new(ExitCodes.Failed, $"cannot write {(_path is null ? "to standard error" : $"the {_purpose} '{_path}'")}: {Marshal.GetPInvokeErrorMessage(error)}");

    private static string? PathOf(string? name) => name?.Replace(ProcessNumber, HostProcess.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static int OpenAppending(string path, int more) =>
        Open(RawText.WithZero(RawText.Encode(path)), WriteOnly | Create | NoTerminal | Append | CloseOnExec | more, EveryoneReadsAndWrites);

    // Variadic in C; the arguments travel in registers all the same on x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    private static partial int Unlink(byte[] path);
}
