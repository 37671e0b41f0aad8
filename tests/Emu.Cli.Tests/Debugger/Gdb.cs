using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Debugger;

/// <summary>GDB for RISC-V programs, a guest that waits for it on a socket, and what both said.</summary>
internal sealed class Gdb : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ScratchFolder _scratch = new();
    private readonly string[] _emulator;
    private ChildProcess? _guest;

    /// <param name="emulator">What starts the guest: a program and its arguments up to the name of the socket, which comes next.</param>
    private Gdb(params string[] emulator) => _emulator = emulator;

    /// <summary>The debugger, if it is installed.</summary>
    public static Oracle Program => Oracle.Gdb;

    private string Socket => _scratch.File("gdb");

    /// <summary>A guest in the emulator.</summary>
    public static Gdb OnEmu(params string[] options) => new([EmuExecutable.Path, .. options, "--gdb"]);

    /// <summary>A guest in <c>qemu-riscv64</c>.</summary>
    public static Gdb OnQemu() => new(Oracle.Qemu.Path!, "-g");

    /// <summary>Starts the guest and has GDB run commands on it until both have ended.</summary>
    /// <param name="program">The guest's program and its arguments.</param>
    /// <param name="commands">GDB's commands, after those that connect it.</param>
    /// <param name="interrupts">Send GDB a Ctrl-C when the guest has written something.</param>
    /// <param name="blockedIn">Not before the guest is blocked in this system call of the host's, as <see cref="ChildProcess.WaitForCall"/> names it.</param>
    /// <param name="before">Commands before it connects.</param>
    public GdbOutcome Run(string[] program, string[] commands, bool interrupts = false, string? blockedIn = null, string[]? before = null)
    {
        var launch = Launch.Tool(_emulator[0], [.. _emulator[1..], Socket, .. program]) with { Longest = Longest };
        using (_guest = new ChildProcess(launch))
        using (var gdb = new ChildProcess(Debugger(program[0], commands, before ?? [])))
        {
            if (interrupts)
            {
                _guest.WaitForOutput();
                if (blockedIn is not null)
                    _guest.WaitForCall(blockedIn);
                gdb.Send(Interrupt);
            }

            var said = gdb.WaitForEnd();
            return new GdbOutcome(Encoding.UTF8.GetString(said.Output) + Encoding.UTF8.GetString(said.Error), _guest.WaitForEnd());
        }
    }

    public void Dispose() => _scratch.Dispose();

    private Launch Debugger(string program, string[] commands, string[] before)
    {
        var script = _scratch.File("script");
        File.WriteAllLines(script, ["set pagination off", "set confirm off", "set width 0", .. before, $"target remote {Socket}", .. commands]);
        // The guest makes the socket when it waits.
        const string Wait = "until test -S \"$0\"; do sleep 0.02; done; exec \"$@\"";
        return Launch.Tool("/bin/sh", "-c", Wait, Socket, Program.Path!, "-q", "-batch", "-nx", "-x", script, program) with { Longest = Longest };
    }
}

/// <summary>What GDB said, and how the guest ended.</summary>
internal sealed record GdbOutcome(string Said, Outcome Guest);
