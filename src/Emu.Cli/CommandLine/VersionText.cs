using System.CommandLine;
using Emu.Cli.Running;
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
    public static void Write(TextWriter output)
    {
        output.WriteLine(Number);
        output.WriteLine($"backends: {string.Join(", ", Backends.Linked)}");
        output.WriteLine($"plugins: {Plugins()}");
        output.WriteLine($"plugin API: {PluginApi.Version} (oldest accepted: {PluginApi.MinVersion})");
    }

    private static string Plugins() =>
        LinkedPlugins.Plugins.Count == 0 ? "none" : string.Join(", ", LinkedPlugins.Plugins.AsValueEnumerable().Select(static plugin => plugin.Name).ToArray());
}
