namespace Emu.Plugins;

/// <summary>
/// A register of the guest as its architecture's debugger knows it; found in <see cref="Host.Registers"/> or by <see cref="Host.FindRegister(string)"/>. The same on all vCPUs.
/// To be read by a callback that declares <see cref="Registers"/>; <see cref="Register{T}"/> is the handle for those that read often.
/// </summary>
/// <param name="Name">The name that debuggers use: <c>a0</c>, <c>pc</c>, <c>fcsr</c>.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Feature">The group that it belongs to, in the manner of GDB's target descriptions: <c>org.gnu.gdb.riscv.cpu</c>.</param>
/// <param name="Number">The register's place in <see cref="Host.Registers"/>.</param>
public sealed record Register(string Name, int Size, string Feature, int Number)
{
    /// <summary>Where handles find it; see <see cref="Register{T}"/>.</summary>
    internal int Place { get; init; } = ~Number;
}
