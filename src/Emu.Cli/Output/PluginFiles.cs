using System.Runtime.InteropServices;
using Emu.Engine.Instrumentation.Outputs;
using Emu.Plugins;

namespace Emu.Cli.Output;

/// <summary>The files that plugins write while the guest runs. They share the fate of the log's: opened before the guest is loaded, emptied when it starts, removed if it could not.</summary>
internal sealed class PluginFiles
{
    private readonly List<PluginFile> _files = [];
    private bool? _continues;

    /// <summary>Opens a file for a plugin.</summary>
    /// <exception cref="PluginInstallException">The file cannot be written.</exception>
    public IOutputFile Open(string plugin, string path)
    {
        try
        {
            var file = new PluginFile(plugin, new OutputFile(path, "file"));
            lock (_files)
                _files.Add(file);
            if (_continues is { } continues)
                file.Begin(continues);
            return file;
        }
        catch (EmuFailure failure)
        {
            throw new PluginInstallException(failure.Message);
        }
    }

    /// <summary>The guest starts.</summary>
    public void Begin(bool isContinuation)
    {
        _continues = isContinuation;
        foreach (var file in _files)
            file.Begin(isContinuation);
    }

    /// <summary>The guest did not start.</summary>
    public void Abandon()
    {
        foreach (var file in _files)
            file.File.Abandon();
    }

    /// <summary>Before the process is copied: from now on two may write to one file.</summary>
    public void Share()
    {
        foreach (var file in _files)
            file.IsShared |= !file.File.IsPerProcess;
    }

    /// <summary>In the copy.</summary>
    public void PartFromParent()
    {
        foreach (var file in _files)
            file.PartFromParent();
    }

    private sealed class PluginFile(string plugin, OutputFile file) : IOutputFile
    {
        private long _length;
        private bool _hasFailed;

        public OutputFile File => file;

        /// <summary>True once another process may have written to the file: it is not cut then.</summary>
        public bool IsShared { get; set; }

        /// <summary>In a file that was begun by another program nothing is cut either.</summary>
        public void Begin(bool isContinuation)
        {
            file.Begin(isContinuation);
            IsShared |= isContinuation;
        }

        public void PartFromParent()
        {
            file.PartFromParent();
            _length = 0;
        }

        public void Restart()
        {
            file.Writer.Flush();
            file.CutTo(0);
            _length = 0;
        }

        public void Write(ReadOnlySpan<byte> records)
        {
            if (_hasFailed)
                return;
            file.Writer.Write(records);
            _length += records.Length;
            if (file.Writer.Failure is not (not 0 and var error))
                return;
            _hasFailed = true;
            if (!IsShared)
                file.CutTo(_length - records.Length);
            DescriptorWriter.StandardError.WriteLine($"emu: plugin '{plugin}' cannot write '{file.Path}': {Marshal.GetPInvokeErrorMessage(error)}; what it writes from now on is lost");
        }
    }
}
