using System.CommandLine;
using System.Text;
using Emu.Cli.Running;
using Emu.Linux.Symbols;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>Answers <c>--version</c>: what this file is and what was built into it.</summary>
internal static class VersionText
{
    /// <summary>Version and commit of this file, as the build wrote them: <c>0.1.0+0123abcd</c>.</summary>
    public static string Number
    {
        get
        {
            using var text = new StringWriter();
            new RootCommand().Parse(["--version"]).Invoke(new InvocationConfiguration { Output = text, EnableDefaultExceptionHandler = false });
            return text.ToString().Trim();
        }
    }

    /// <summary>Writes the answer: the number alone on the first line, then a line for each kind of thing that was built in.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="verbose">Also what each plugin adds to this file.</param>
    public static void Write(TextWriter output, bool verbose)
    {
        output.WriteLine(Number);
        output.WriteLine($"backends: {string.Join(", ", Backends.Linked)}");
        output.WriteLine($"plugins: {Plugins()}");
        if (verbose)
            WriteSizes(output);
        output.WriteLine($"plugin API: {PluginApi.Version} (oldest accepted: {PluginApi.MinVersion})");
    }

    /// <summary>What the build counted before it left the symbols out (plugin-sizes.sh of Emu.Sdk): lines of bytes and assembly, largest first.</summary>
    private static void WriteSizes(TextWriter output)
    {
        var lines = Encoding.UTF8.GetString(OwnSections.Read(".emu.plugins")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
            output.WriteLine("sizes of plugins: known of a published file with plugins only");
        foreach (var line in lines)
            if (line.Split(' ') is [var bytes, var assembly])
                output.WriteLine($"{bytes,9} bytes  {assembly}");
    }

    private static string Plugins() =>
        LinkedPlugins.Plugins.Count == 0 ? "none" : string.Join(", ", LinkedPlugins.Plugins.AsValueEnumerable().Select(static plugin => plugin.Name).ToArray());
}
