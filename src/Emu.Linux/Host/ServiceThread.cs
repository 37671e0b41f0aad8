using System.Runtime.InteropServices;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Host;

/// <summary>A thread that serves somebody outside, such as a debugger. It waits in the stub like the guest's threads, so that the process can be copied meanwhile; the guest's signals do not come to it.</summary>
public sealed unsafe class ServiceThread
{
    private readonly Action _body;

    private ServiceThread(Action body) => _body = body;

    /// <summary>Starts it.</summary>
    /// <param name="body">What it does; it must not throw.</param>
    /// <exception cref="OutOfMemoryException">The host gives no thread.</exception>
    public static void Start(Action body)
    {
        var handle = GCHandle.Alloc(new ServiceThread(body));
        var blocked = HostThread.Block(~SignalFacts.AlwaysOpen);
        var error = HostThreads.Start(&Run, GCHandle.ToIntPtr(handle), out _);
        HostThread.Block(blocked);
        if (error != 0)
            throw new OutOfMemoryException($"no thread for who is served from outside: {HostErrors.Text(error)}");
    }

    [UnmanagedCallersOnly]
    private static nint Run(nint handle)
    {
        var thread = (ServiceThread)GCHandle.FromIntPtr(handle).Target!;
        GCHandle.FromIntPtr(handle).Free();
        HostThread.Attach();
        HostThread.Block(SignalFacts.Shut);
        thread._body();
        // Kept for good: a thread that ends would have to be joined before the process can be copied.
        while (true)
            Kernel.Guest(HostCall.Ppoll);
    }
}
