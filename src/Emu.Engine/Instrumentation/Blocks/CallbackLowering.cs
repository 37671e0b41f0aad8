using System.Runtime.InteropServices;
using Emu.Ir;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Writes callbacks' bodies into the block in place of calls, where they can be told and the backend does them faster than it calls.</summary>
internal sealed unsafe class CallbackLowering(IrBuilder builder, PluginHost host)
{
    private readonly LoweredBody _body = new(builder);

    /// <summary>Appends the body of a callback; false, with nothing appended, if it must be called.</summary>
    /// <param name="pending">What a plugin asked for.</param>
    /// <param name="access">Where it stands.</param>
    /// <param name="unless">The body is done only where this is zero; none for always.</param>
    public bool TryLower(in HookList.Pending pending, in LoweredAccess access, IrValue unless = default)
    {
        if (pending.Lower == null || !host.Machine.Translation.LowerCallbacks)
            return false;
        var block = builder.Block;
        var start = block.Count;
        if (TryTell(pending, access, unless) && block.Count - start <= host.Machine.Backend.MaxLoweredOps)
            return true;
        block.Truncate(start);
        return false;
    }

    private bool TryTell(in HookList.Pending pending, in LoweredAccess access, IrValue unless)
    {
        _body.Begin(access, pending.Hook.Owner);
        if (!unless.IsNone)
            _body.OnlyIfZero(unless);
        if (pending.Hook.Condition != IrHookCondition.Always)
            _body.OnlyIf(pending.Hook.Condition, pending.Hook);
        return IsTold((Plugin)GCHandle.FromIntPtr(pending.Hook.Plugin).Target!, pending);
    }

    private bool IsTold(Plugin plugin, in HookList.Pending pending)
    {
        try
        {
            return pending.Lower(plugin, _body, pending.Hook.UserData);
        }
        catch (Exception exception) when (exception is NullReferenceException or ObjectDisposedException or IndexOutOfRangeException or NotSupportedException)
        {
            // A register that only a call can read. Or a scoreboard that was never made, or is disposed, a counter that was not added: telling looks at all that the body names,
            // the body only at what it comes to. So it is called, and if it fails then, that is reported.
            return false;
        }
        catch (Exception exception)
        {
            host.OnPluginFailed(plugin, exception); // only a Lower that was written by hand throws anything else
            return false;
        }
    }
}
