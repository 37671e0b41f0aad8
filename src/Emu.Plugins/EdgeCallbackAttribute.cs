namespace Emu.Plugins;

/// <summary>
/// Makes an instance method <c>void M(in VCpu vcpu, in Edge edge, nint userData)</c> of a plugin an edge callback. The generator writes the struct
/// <c>Callbacks.M</c>, to be given to <see cref="Instruction.OnEdge{TCallback}"/>. One that reads the guest's registers declares them:
/// <c>void M(in VCpu vcpu, Registers registers, in Edge edge, nint userData)</c>. One that changes the guest has <see cref="VCpuControl"/> there. Threads and locks: as for <see cref="ExecCallbackAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EdgeCallbackAttribute : Attribute;
