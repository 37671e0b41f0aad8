namespace Emu.Children;

/// <summary>A program that knows right results independently of Emu.</summary>
public sealed class Oracle
{
    private const string Comparisons = "EMU_COMPARISONS";

    private static readonly Lock Gate = new();

    private Oracle(string name, string package)
    {
        (Name, Package) = (name, package);
        Path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The emulator whose programs end as on Linux.</summary>
    public static Oracle Qemu { get; } = new("qemu-riscv64", "qemu-user");

    /// <summary>Binutils' disassembler.</summary>
    public static Oracle Objdump { get; } = new("riscv64-linux-gnu-objdump", "binutils-riscv64-linux-gnu");

    /// <summary>The debugger of programs of all machines.</summary>
    public static Oracle Gdb { get; } = new("gdb-multiarch", "gdb-multiarch");

    /// <summary>Binutils' reader of debug information.</summary>
    public static Oracle Addr2Line { get; } = new("riscv64-linux-gnu-addr2line", "binutils-riscv64-linux-gnu");

    /// <summary>Binutils' program that copies and strips programs.</summary>
    public static Oracle Objcopy { get; } = new("riscv64-linux-gnu-objcopy", "binutils-riscv64-linux-gnu");

    /// <summary>The program that makes pages of coverage.</summary>
    public static Oracle Genhtml { get; } = new("genhtml", "lcov");

    /// <summary>A browser.</summary>
    public static Oracle Chromium { get; } = new("chromium", "chromium");

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The Debian package that holds it.</summary>
    public string Package { get; }

    /// <summary>Where it is on <c>PATH</c>, or null.</summary>
    public string? Path { get; }

    /// <summary>Why a test is skipped without it.</summary>
    public string SkipReason => $"{Name} is not installed: nothing to compare with (Debian's package {Package})";

    /// <summary>Records that something was compared with what an oracle said, where the environment variable EMU_COMPARISONS names a folder for it.</summary>
    /// <param name="kind">What was compared; <c>.ci/run</c> lists the kinds.</param>
    public static void Compared(string kind)
    {
        if (Environment.GetEnvironmentVariable(Comparisons) is not { Length: > 0 } folder)
            return;
        // A file for each process: test projects run at once.
        lock (Gate)
            File.AppendAllText(System.IO.Path.Combine(folder, $"{kind}.{Environment.ProcessId}"), kind + "\n");
    }
}
