using System.ComponentModel;
using System.Runtime.InteropServices;
using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>
/// Where all translated code of the process lies, and the handler of SIGSEGV and SIGBUS that is itself machine code: a fault inside of translated code goes on at
/// that code's fault stub with all registers as they were; any other goes to whoever handled the signal before, the runtime. No managed code runs in the handler.
/// </summary>
internal static unsafe partial class FaultHandler
{
    /// <summary>Bytes of one code memory; a power of two.</summary>
    public const long SlotSize = 256L << 20;

    /// <summary>From the start of a slot to its fault stub.</summary>
    public const int FaultStub = 64;

    private const int Slots = 64;
    private const int SigBus = 7, SigSegv = 11;
    private const int SaSigInfo = 4, SaOnStack = 0x08000000, SaRestart = 0x10000000;

    // ucontext_t and siginfo_t of x86-64 Linux, sigaction of its C libraries.
    private const int ContextRip = 168, ContextRbp = 120, InfoAddress = 16;
    private const int ActionBytes = 152, ActionFlags = 136;

    private static readonly Lock Gate = new();
    private static readonly bool[] InUse = new bool[Slots];
    private static byte* s_region;

    /// <summary>Takes a slot: addresses for code, of <see cref="SlotSize"/> bytes.</summary>
    /// <exception cref="Win32Exception">The host gives no addresses, or no executable memory.</exception>
    public static byte* TakeSlot()
    {
        lock (Gate)
        {
            if (s_region is null)
                Install();
            // The first holds the handler.
            var slot = Array.IndexOf(InUse, false, 1);
            if (slot < 0)
                throw new InvalidOperationException($"more than {Slots - 1} machines with the x64 backend at once");
            InUse[slot] = true;
            return s_region + slot * SlotSize;
        }
    }

    /// <summary>Gives a slot back whose code is unmapped.</summary>
    public static void ReturnSlot(byte* slot)
    {
        lock (Gate)
            InUse[(slot - s_region) / SlotSize] = false;
    }

    private static void Install()
    {
        const int pageSize = 4096;
        var region = (byte*)((nint)(HostCode.Reserve((Slots + 1) * SlotSize) + SlotSize - 1) & -(nint)SlotSize);
        var view = HostCode.MapShared(pageSize);
        HostCode.ViewAsCode(view, region, pageSize);
        var previous = stackalloc byte[2 * ActionBytes];
        // The handler has to know its predecessors before it can be called.
        Query(SigSegv, previous);
        Query(SigBus, previous + ActionBytes);
        Write(new Asm { At = view }, region, *(ulong*)previous, *(ulong*)(previous + ActionBytes));
        HostCode.Unmap(view, pageSize);
        s_region = region;
        Set(SigSegv, region);
        Set(SigBus, region);
    }

    /// <summary>The handler: rdi is the signal, rsi its information, rdx the interrupted context.</summary>
    private static void Write(Asm asm, byte* region, ulong segv, ulong bus)
    {
        asm.Mov(Reg.Rax, Mem.At(Reg.Rdx, ContextRip));
        asm.Mov(Reg.Rcx, (ulong)region);
        asm.Op(Alu.Sub, Reg.Rax, Reg.Rcx);
        asm.Mov(Reg.R8, (ulong)(Slots * SlotSize));
        asm.Op(Alu.Cmp, Reg.Rax, Reg.R8);
        var elsewhere = asm.Jcc(Cond.AboveEqual);
        asm.Mov(Reg.R8, Mem.At(Reg.Rdx, ContextRbp));
        asm.Mov(Reg.R9, Mem.At(Reg.Rdx, ContextRip));
        asm.Mov(Mem.At(Reg.R8, StateWords.FaultPlace - StateWords.Bias), Reg.R9);
        asm.Mov(Reg.R9, Mem.At(Reg.Rsi, InfoAddress));
        asm.Mov(Mem.At(Reg.R8, StateWords.FaultHost - StateWords.Bias), Reg.R9);
        asm.Op(Alu.And, Reg.Rax, (int)-SlotSize);
        asm.Lea(Reg.Rax, Mem.At(Reg.Rcx, Reg.Rax, FaultStub));
        asm.Mov(Mem.At(Reg.Rdx, ContextRip), Reg.Rax);
        asm.Ret();
        Asm.Aim(elsewhere, asm.At);
        asm.Op(Alu.Cmp, Reg.Rdi, SigBus);
        var isBus = asm.Jcc(Cond.Equal);
        GoTo(asm, segv);
        Asm.Aim(isBus, asm.At);
        GoTo(asm, bus);
    }

    /// <summary>A signal that nobody handled ends the process: an instruction that does not exist does it, as returning would repeat the fault for ever.</summary>
    private static void GoTo(Asm asm, ulong handler)
    {
        if (handler <= 1)
        {
            asm.Ud2();
            return;
        }

        asm.Mov(Reg.Rax, handler);
        asm.Jmp(Reg.Rax);
    }

    private static void Query(int signal, byte* action)
    {
        if (SigAction(signal, null, action) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static void Set(int signal, byte* handler)
    {
        var action = stackalloc byte[ActionBytes];
        new Span<byte>(action, ActionBytes).Clear();
        *(byte**)action = handler;
        *(int*)(action + ActionFlags) = SaSigInfo | SaOnStack | SaRestart;
        if (SigAction(signal, action, null) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SigAction(int signal, byte* action, byte* previous);
}
