namespace Emu.Plugins;

/// <summary>Names a vCPU beyond the callback that met it.</summary>
/// <param name="Index">The vCPU's number from 0: its place in scoreboards. Used again after the vCPU has ended.</param>
/// <param name="ThreadId">A number that no other vCPU of this run ever has.</param>
public readonly record struct VCpuId(int Index, long ThreadId);
