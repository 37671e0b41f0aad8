namespace Emu.Plugins;

/// <summary>
/// Makes an instance method <c>void M(in VCpu vcpu, nint userData)</c> of a plugin an execution callback. The generator writes the struct
/// <c>Callbacks.M</c>, to be given to <see cref="TranslationBlock.OnExecute{TCallback}"/> and its like; the method's body is compiled into the
/// code that calls it. One that reads the guest's registers declares them: <c>void M(in VCpu vcpu, Registers registers, nint userData)</c>. One that changes the guest has <see cref="VCpuControl"/> there. It runs on the vCPU's thread, on several threads at once if there are several vCPUs, and no lock is held.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ExecCallbackAttribute : Attribute;
