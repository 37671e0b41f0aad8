namespace Emu.Engine.Tests.Sequences;

/// <summary>Runs a program in <c>qemu-riscv64</c>.</summary>
internal static class QemuRun
{
    public const string NoNewer = $"{Variable} names no qemu-riscv64 of version 10 or later, which knows every extension";

    private const string Variable = "EMU_QEMU_RISCV64";

    /// <summary>A newer one, or null.</summary>
    public static string? Newer { get; } = Environment.GetEnvironmentVariable(Variable);

    /// <summary>What the program writes to its standard output.</summary>
    public static byte[] Of(SequenceProgram program) => Of(program, Oracle.Qemu.Path!, []);

    /// <summary>The same in <see cref="Newer"/>, with everything on but what gives may-be-operations a meaning.</summary>
    public static byte[] OfEveryExtension(SequenceProgram program) => Of(program, Newer!, ["-cpu", "max,zicfiss=off,zicfilp=off"]);

    private static byte[] Of(SequenceProgram program, string qemu, string[] options)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, StaticElf.Of(program));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            var outcome = Launch.Of(qemu, [.. options, file]).Run();
            if (outcome.Status != 0)
                throw new InvalidOperationException($"{qemu} ended with {outcome.Status}: {outcome.ErrorText}");
            Oracle.Compared("sequences");
            return outcome.Output;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
