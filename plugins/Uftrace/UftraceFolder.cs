using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>The files beside the threads' records: what ran, its threads, its mappings, and the names of the functions that were called.</summary>
internal sealed class UftraceFolder(Host host, string path)
{
    private const string Session = "0000000000000001";
    private const int HeaderSize = 40;
    private const ulong HasTaskSession = 1 << 1, HasRelativeSymbols = 1 << 5;
    private const ulong TellsExecutable = 1 << 0, TellsCommand = 1 << 3, TellsTasks = 1 << 7;

    /// <summary>Makes the folder; what an earlier run wrote in it is gone.</summary>
    /// <exception cref="PluginInstallException">It cannot be written, or holds something else.</exception>
    public PluginOutput Create()
    {
        try
        {
            if (Directory.Exists(path) && Directory.GetFileSystemEntries(path).Length > 0 && !File.Exists(In("info")))
                throw new PluginInstallException($"option 'outdir': the folder '{path}' is not empty and not one of uftrace");
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PluginInstallException($"option 'outdir': the folder '{path}' cannot be written: {refused.Message}");
        }

        return host.OpenOutput(In("info"));
    }

    /// <summary>The file of a thread's records.</summary>
    public PluginOutput OpenThread(long id) => host.OpenOutput(In(string.Create(CultureInfo.InvariantCulture, $"{id}.dat")));

    /// <summary>Writes all other files.</summary>
    public void Finish(PluginOutput info, long[] threads, ulong[] functions)
    {
        Array.Sort(threads);
        info.Write(Header());
        info.Write(Encoding.UTF8.GetBytes(Facts(threads)));
        Write("task.txt", Tasks(threads));
        Write("default.opts", "");
        Write($"sid-{Session}.map", Mappings());
        foreach (var module in host.Modules)
            Write($"{Path.GetFileName(module.Path)}.sym", Symbols(module, functions));
    }

    private static byte[] Header()
    {
        var header = new byte[HeaderSize];
        "Ftrace!\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), 4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), HeaderSize);
        (header[14], header[15]) = (1, 2); // little endian, 64 bits
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), HasTaskSession | HasRelativeSymbols);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), TellsExecutable | TellsCommand | TellsTasks);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 1024);
        return header;
    }

    /// <summary>The program as the mappings name it, by which symbols are found.</summary>
    private string Program => host.Modules is [var program, ..] ? program.Path : host.Guest.ProgramPath;

    private string Facts(long[] threads) =>
        $"exename:{Program}\ncmdline:{host.Guest.ProgramPath}\ntaskinfo:lines=2\ntaskinfo:nr_tid={threads.Length}\ntaskinfo:tids={string.Join(',', threads)}\n";

    private string Tasks(long[] threads)
    {
        var text = new StringBuilder($"SESS timestamp=0.000000000 pid={threads[0]} sid={Session} exename=\"{Program}\"\n");
        foreach (var thread in threads)
            text.Append(CultureInfo.InvariantCulture, $"TASK timestamp=0.000000000 tid={thread} pid={threads[0]}\n");
        return text.ToString();
    }

    private string Mappings()
    {
        var text = new StringBuilder();
        foreach (var module in host.Modules)
            text.Append(CultureInfo.InvariantCulture, $"{module.Start:x12}-{module.End:x12} r-xp 00000000 00:00 0                          {module.Path}\n");
        // By the stack uftrace tells programs from kernels.
        return text.Append("7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0                          [stack]\n").ToString();
    }

    private string Symbols(Module module, ulong[] functions)
    {
        var symbols = functions.AsValueEnumerable().Where(module.Contains).OrderBy(static function => function).ToArray();
        var text = new StringBuilder($"# symbols: {symbols.Length}\n# path name: {module.Path}\n# build-id: {module.BuildId}\n");
        foreach (var function in symbols)
            text.Append(CultureInfo.InvariantCulture, $"{function - module.Start:x16} T {host.SymbolAt(function)?.Name ?? $"0x{function:x}"}\n");
        return text.Append(CultureInfo.InvariantCulture, $"{module.End - module.Start:x16} ? __sym_end\n").ToString();
    }

    private void Write(string name, string text) => host.OpenOutput(In(name)).Write(Encoding.UTF8.GetBytes(text));

    private string In(string name) => Path.Combine(path, name);
}
