namespace Emu.Bench.Guests;

/// <summary>One way to run a guest: an emulator with its options.</summary>
/// <param name="Name">Column title, such as <c>emu</c> or <c>qemu insn</c>.</param>
/// <param name="Command">The words that stand before the guest's path.</param>
internal sealed record Contender(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Emu, with a plugin or plain.</summary>
    public static Contender Emu(string path, string? plugin = null) => plugin == null
        ? new Contender("emu", [path])
        : new Contender($"emu {plugin}", [path, "-p", plugin, "--report-file", "/dev/null"]);

    /// <summary>qemu-riscv64, with a plugin (path of the shared object and its options) or plain.</summary>
    public static Contender Qemu(string path, string? plugin = null) => plugin == null
        ? new Contender("qemu", [path])
        : new Contender($"qemu {PluginName(plugin)}", [path, "-plugin", plugin]);

    private static string PluginName(string plugin)
    {
        var comma = plugin.IndexOf(',');
        var file = Path.GetFileNameWithoutExtension(comma < 0 ? plugin : plugin[..comma]);
        return (file.StartsWith("lib", StringComparison.Ordinal) ? file[3..] : file) + (comma < 0 ? "" : plugin[comma..]);
    }
}
