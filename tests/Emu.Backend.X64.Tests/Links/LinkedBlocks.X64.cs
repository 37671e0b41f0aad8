using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;

namespace Emu.Backend.Tests.Links;

/// <content>Blocks of machine code.</content>
internal sealed partial class LinkedBlocks
{
    private static partial IBackend NewBackend(GuestMemory memory) => new X64Backend(new RiscVGuest(), memory);
}
