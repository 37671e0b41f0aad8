namespace Emu.Plugins.Hosting;

/// <summary>
/// The number of a callback type in this process: what a plugin's request carries and what a backend's table of callbacks is indexed with. Numbers are
/// dense from 0, in the order of first use.
/// </summary>
/// <typeparam name="TCallback">A callback struct.</typeparam>
public static class CallbackId<TCallback>
    where TCallback : struct
{
    /// <summary>The number.</summary>
    public static readonly int Value = CallbackNumbers.Next();
}

/// <summary>Counts the callback types.</summary>
internal static class CallbackNumbers
{
    private static int s_last = -1;

    /// <summary>A number that was not given before.</summary>
    public static int Next() => Interlocked.Increment(ref s_last);
}
