using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Emu.Bench.Children;

/// <summary>
/// Runs a command and measures it. Standard input is empty, standard error is dropped. One thread at a time: runs wait for
/// any child of this process.
/// </summary>
internal static unsafe class ChildProcess
{
    /// <summary>Runs the command and measures its wall time.</summary>
    /// <exception cref="Win32Exception">The command cannot be started; the message names it.</exception>
    public static ChildResult Run(params IReadOnlyList<string> command) => Run(command, orphan: false);

    /// <summary>
    /// Runs the command and measures its peak memory. The kernel adds the resident set of whoever called exec to a
    /// process's peak, and this process is larger than an emulator; so a shell starts the command and ends at once, and the
    /// orphan, which has only the shell's small history, falls to this process to be waited for (prctl(2),
    /// PR_SET_CHILD_SUBREAPER).
    /// </summary>
    /// <exception cref="Win32Exception">The shell cannot be started.</exception>
    public static ChildResult RunForMemory(params IReadOnlyList<string> command)
    {
        if (NativeCalls.prctl(NativeCalls.SetChildSubreaper, 1, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return Run(["sh", "-c", "\"$@\" & exit 0", "sh", .. command], orphan: true);
    }

    private static ChildResult Run(IReadOnlyList<string> command, bool orphan)
    {
        var file = Path.GetTempFileName();
        try
        {
            var started = Stopwatch.GetTimestamp();
            var process = Spawn(command, file);
            var status = Wait(process, out var usage);
            if (orphan)
                status = Wait(-1, out usage);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new ChildResult(seconds, usage.CpuSeconds, ExitCode(status), usage.PeakMemory, File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Spawn(IReadOnlyList<string> command, string output)
    {
        var actions = stackalloc byte[NativeCalls.FileActionsSize];
        var arguments = AllocateStrings(command);
        var environment = AllocateStrings(EnvironmentStrings());
        NativeCalls.posix_spawn_file_actions_init(actions);
        try
        {
            NativeCalls.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0);
            NativeCalls.posix_spawn_file_actions_addopen(actions, 1, output, NativeCalls.WriteCreateTruncate, 0x180);
            NativeCalls.posix_spawn_file_actions_addopen(actions, 2, "/dev/null", NativeCalls.WriteCreateTruncate, 0x180);
            var error = NativeCalls.posix_spawnp(out var process, arguments[0], actions, null, arguments, environment);
            return error == 0 ? process : throw new Win32Exception(error, $"cannot start {command[0]}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        finally
        {
            NativeCalls.posix_spawn_file_actions_destroy(actions);
            FreeStrings(arguments);
            FreeStrings(environment);
        }
    }

    private static int Wait(int process, out ResourceUsage usage)
    {
        const int interrupted = 4;
        int status;
        while (NativeCalls.wait4(process, out status, 0, out usage) < 0)
            if (Marshal.GetLastPInvokeError() is not interrupted and var error)
                throw new Win32Exception(error);
        return status;
    }

    private static int ExitCode(int status) => (status & 0x7f) is not 0 and var signal ? 128 + signal : (status >> 8) & 0xff;

    private static List<string> EnvironmentStrings()
    {
        var list = new List<string>();
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            list.Add($"{entry.Key}={entry.Value}");
        return list;
    }

    private static byte** AllocateStrings(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.Alloc((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(texts[i] + '\0');
            array[i] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(array[i], bytes.Length));
        }

        array[texts.Count] = null;
        return array;
    }

    private static void FreeStrings(byte** array)
    {
        for (var at = array; *at != null; at++)
            NativeMemory.Free(*at);
        NativeMemory.Free(array);
    }
}
