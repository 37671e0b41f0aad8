using Emu.Backend.Threaded;

namespace Emu.Backend.Tests.Differential;

/// <content>The callbacks of threaded code.</content>
internal static unsafe partial class CallbackRecorder
{
    private static partial void BindAll()
    {
        var binder = default(ThreadedCallbacks);
        binder.BindExec<ExecCallback<First>>(null);
        binder.BindExec<ExecCallback<Second>>(null);
        binder.BindMemory<MemoryCallback<First>>(null);
        binder.BindMemory<MemoryCallback<Second>>(null);
    }
}
