using System.Runtime.CompilerServices;

// All native calls take blittable values: no marshalling code, and none that could be wrong.
[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("Emu.Linux.Tests")]
