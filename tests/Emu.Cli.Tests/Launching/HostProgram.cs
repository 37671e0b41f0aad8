namespace Emu.Cli.Tests.Launching;

/// <summary>A guest's source compiled for the host, whose kernel is the same: what it prints is right.</summary>
internal static class HostProgram
{
    /// <summary>Compiles a program of <c>tests/guests/src/glibc</c>; the test is skipped if there is no compiler.</summary>
    /// <returns>Path of the program, in the given folder.</returns>
    public static async Task<string> Compile(string name, ScratchFolder folder)
    {
        var compiler = Launch.Tool("/bin/sh", "-c", "command -v gcc || command -v clang").Run().OutputText.Trim();
        Skip.When(compiler.Length == 0, "there is no C compiler (gcc or clang) for the host's program that the guest is compared with");
        var program = folder.File(name);
        var compiled = Launch.Tool(compiler, "-O1", "-w", "-o", program, Path.Combine(Repository.GuestFolder, "src", "glibc", name + ".c"), "-lpthread").Run();
        await Assert.That(compiled.Status).IsEqualTo(0).Because(compiled.ErrorText);
        return program;
    }
}
