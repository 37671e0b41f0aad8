namespace Emu.Ir;

/// <summary>
/// The functions that <see cref="IrOp.CallHelper"/> may call, by number. Guests register theirs in static constructors;
/// registering is thread-safe, a number stays valid for the life of the process.
/// </summary>
public static unsafe class IrHelpers
{
    private static readonly Lock Gate = new();
    private static (string Name, nint Function, bool IsRepeatable)[] s_entries = [];

    /// <summary>Number of registered helpers; valid numbers are below it.</summary>
    public static int Count => s_entries.Length;

    /// <summary>Registers a managed function <c>ulong f(void* state, ulong a, ulong b)</c> under a name that the IR printer shows.</summary>
    /// <param name="name">The name.</param>
    /// <param name="function">The function.</param>
    /// <param name="isRepeatable">False if it answers otherwise each time, as a clock does.</param>
    public static int Register(string name, delegate*<void*, ulong, ulong, ulong> function, bool isRepeatable = true)
    {
        lock (Gate)
        {
            s_entries = [.. s_entries, (name, (nint)function, isRepeatable)];
            return s_entries.Length - 1;
        }
    }

    /// <summary>The name given at registration.</summary>
    public static string NameOf(long number) => s_entries[number].Name;

    /// <summary>True if the helper does the same when it is called again with the same state and arguments.</summary>
    public static bool IsRepeatable(long number) => s_entries[number].IsRepeatable;

    /// <summary>The number of the helper with that name; false if there is none.</summary>
    public static bool TryFind(string name, out int number)
    {
        number = Array.FindIndex(s_entries, entry => entry.Name == name);
        return number >= 0;
    }

    /// <summary>The function's address.</summary>
    public static delegate*<void*, ulong, ulong, ulong> FunctionOf(long number) => (delegate*<void*, ulong, ulong, ulong>)s_entries[number].Function;
}
