using System.Runtime.ExceptionServices;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>Runs something on a thread whose stack is so small that a handler without a tail call would soon overflow it.</summary>
internal static class SmallStack
{
    public const int Bytes = 128 * 1024;

    /// <summary>Runs the action to its end; what it throws is thrown here.</summary>
    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(Guarded, Bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();

        void Guarded()
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
