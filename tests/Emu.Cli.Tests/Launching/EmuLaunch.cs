namespace Emu.Cli.Tests.Launching;

/// <summary>Processes of these tests: in the folder of guests, from which the recorded cases are run, with an environment that is the same everywhere.</summary>
internal static class EmuLaunch
{
    extension(Launch)
    {
        /// <summary>The emulator with the given arguments.</summary>
        public static Launch Emu(params string[] arguments) => Launch.Tool(EmuExecutable.Path, arguments);

        /// <summary>
        /// The emulator under a shell that first does something to itself, such as <c>ulimit -n 4</c> or <c>exec 2&gt;&amp;-</c>, and then becomes the emulator.
        /// </summary>
        public static Launch EmuAfter(string preparation, params string[] arguments) =>
            Launch.Tool("/bin/sh", ["-c", $"{preparation}; exec \"$0\" \"$@\"", EmuExecutable.Path, .. arguments]);

        /// <summary>A program of the host with the given arguments.</summary>
        public static Launch Tool(string program, params string[] arguments) =>
            Launch.Of(program, arguments) with { Directory = Repository.GuestFolder, Environment = ["PATH=/usr/bin:/bin"u8.ToArray()] };
    }
}
