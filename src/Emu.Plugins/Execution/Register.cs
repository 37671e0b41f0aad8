namespace Emu.Plugins;

/// <summary>A guest register, to be read with <see cref="VCpu.Read(Register, Span{byte})"/>. Its description is the same on all vCPUs.</summary>
/// <param name="Name">The name that debuggers use: <c>a0</c>, <c>pc</c>, <c>fcsr</c>.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Feature">The group that it belongs to, in the manner of GDB's target descriptions: <c>org.gnu.gdb.riscv.cpu</c>.</param>
/// <param name="Number">The register's place in <see cref="VCpu.Registers"/>.</param>
public sealed record Register(string Name, int Size, string Feature, int Number);
