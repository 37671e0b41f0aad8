using Emu.Backend.Threaded;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;

namespace Emu.Backend.Tests.Links;

/// <content>Blocks of threaded code.</content>
internal sealed partial class LinkedBlocks
{
    private static partial IBackend NewBackend(GuestMemory memory) => new ThreadedBackend(RiscVState.Size);
}
