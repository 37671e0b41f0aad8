// What runs an op: given the vCPU's state, the op and the result of the op before it, it tail-calls the next op's handler. It returns the
// ExitReason with which the chain of handlers ends.
global using unsafe Handler = delegate*<Emu.Engine.Execution.VCpuState*, Emu.Backend.Threaded.Op*, ulong, nint>;
