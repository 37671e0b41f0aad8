using Emu.Engine.Execution;
using Emu.Engine.Memory;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.Memory;

public sealed class GuestMemoryTests : IDisposable
{
    private const PagePermissions ReadWrite = PagePermissions.Read | PagePermissions.Write;
    private readonly GuestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Test]
    public async Task NothingIsMappedAtFirst()
    {
        await Assert.That(_memory.Mappings).IsEmpty();
        await Assert.That(_memory.TryRead(0x10000, out int _)).IsFalse();
        await Assert.That(_memory.Allows(GuestMemory.Size - 1, 1, PagePermissions.None | PagePermissions.Read)).IsFalse();
        await Assert.That(_memory.ExplainFault(0x10000, PagePermissions.Read).Kind).IsEqualTo(GuestFaultKind.Unmapped);
        await Assert.That(_memory.ExplainFault(ulong.MaxValue, PagePermissions.Read).Kind).IsEqualTo(GuestFaultKind.Unmapped);
    }

    [Test]
    public async Task TheSearchGoesDownAndPrefersTheHint()
    {
        _memory.SearchTop = 0x4000_0000;
        await Assert.That(await MapAnywhere(1)).IsEqualTo(0x3fff_f000UL);
        await Assert.That(await MapAnywhere(0x2000)).IsEqualTo(0x3fff_d000UL);
        await Assert.That(await MapAnywhere(0x1000, hint: 0x2000_0123)).IsEqualTo(0x2000_0000UL);
        await Assert.That(await MapAnywhere(0x1000, hint: 0x2000_0000)).IsEqualTo(0x3fff_c000UL);
        await Assert.That(_memory.Unmap(0x3fff_f000, 0x1000)).IsEqualTo(MapError.None);
        await Assert.That(await MapAnywhere(0x1000)).IsEqualTo(0x3fff_f000UL);
    }

    [Test]
    public async Task TheSearchGoesAboveItsTopWhenNothingIsLeftBelow()
    {
        _memory.SearchTop = GuestMemory.LowestAddress + 0x1000;
        await Assert.That(await MapAnywhere(0x1000)).IsEqualTo(GuestMemory.LowestAddress);
        await Assert.That(await MapAnywhere(0x1000)).IsEqualTo(GuestMemory.Size - 0x1000);
    }

    [Test]
    public async Task NoReplaceRefusesWhatIsMapped()
    {
        _memory.MapAnonymous(0x20000, 0x3000, ReadWrite);
        var request = new MapRequest { Address = 0x22000, Length = 0x2000, Permissions = ReadWrite, Placement = MapPlacement.FixedNoReplace };
        await Assert.That(_memory.Map(request, out _)).IsEqualTo(MapError.Exists);
        await Assert.That(_memory.Map(request with { Address = 0x23000 }, out _)).IsEqualTo(MapError.None);
        await Assert.That(_memory.Mappings).HasSingleItem();
    }

    [Test]
    [Arguments(0x20001UL, 0x1000UL, MapError.Invalid)]
    [Arguments(0x20000UL, 0UL, MapError.Invalid)]
    [Arguments(GuestMemory.Size - 0x1000, 0x2000UL, MapError.NoMemory)]
    [Arguments(0xffff_ffff_ffff_f000UL, 0x2000UL, MapError.NoMemory)]
    [Arguments(0x20000UL, ulong.MaxValue, MapError.NoMemory)]
    public async Task ImpossibleRangesAreRefused(ulong address, ulong length, MapError error)
    {
        var request = new MapRequest { Address = address, Length = length, Permissions = ReadWrite, Placement = MapPlacement.Fixed };
        await Assert.That(_memory.Map(request, out _)).IsEqualTo(error);
        await Assert.That(_memory.Mappings).IsEmpty();
    }

    [Test]
    public async Task AMappingLargerThanTheAddressSpaceIsNoMemory()
    {
        await Assert.That(_memory.Map(new MapRequest { Length = 1UL << 40, Permissions = ReadWrite }, out _)).IsEqualTo(MapError.NoMemory);
        await Assert.That(_memory.Map(new MapRequest { Length = GuestMemory.Size, Permissions = ReadWrite }, out _)).IsEqualTo(MapError.NoMemory);
    }

    [Test]
    public async Task ProtectSplitsAndJoins()
    {
        _memory.MapAnonymous(0x20000, 0x4000, ReadWrite);
        await Assert.That(_memory.Protect(0x21000, 0x1000, PagePermissions.Read)).IsEqualTo(MapError.None);
        await Assert.That(_memory.Mappings.Count).IsEqualTo(3);
        await Assert.That(_memory.TryWrite(0x20ffc, 1L)).IsFalse();
        await Assert.That(_memory.TryRead(0x20ffc, out long _)).IsTrue();
        await Assert.That(_memory.ExplainFault(0x21000, PagePermissions.Write).Kind).IsEqualTo(GuestFaultKind.Protection);
        await Assert.That(_memory.Protect(0x21000, 0x1000, ReadWrite)).IsEqualTo(MapError.None);
        await Assert.That(_memory.Mappings).HasSingleItem();
        await Assert.That(_memory.TryWrite(0x20ffc, 1L)).IsTrue();
    }

    [Test]
    public async Task ProtectStopsAtTheFirstGap()
    {
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.MapAnonymous(0x22000, 0x1000, ReadWrite);
        await Assert.That(_memory.Protect(0x20000, 0x3000, PagePermissions.Read)).IsEqualTo(MapError.NoMemory);
        await Assert.That(_memory.PermissionsOf(0x20000)).IsEqualTo(PagePermissions.Read | PagePermissions.Mapped);
        await Assert.That(_memory.PermissionsOf(0x22000)).IsEqualTo(ReadWrite | PagePermissions.Mapped);
    }

    [Test]
    public async Task ProtectingNothingChangesNothing()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        await Assert.That(_memory.Protect(0x21000, 0, PagePermissions.Read)).IsEqualTo(MapError.None);
        await Assert.That(_memory.Protect(0x30000, 0, PagePermissions.Read)).IsEqualTo(MapError.None);
        await Assert.That((await Assert.That(_memory.Mappings).HasSingleItem()).Length).IsEqualTo(0x2000UL);
    }

    [Test]
    public async Task CodeChangesAreTold()
    {
        var told = new List<(ulong, ulong)>();
        _memory.CodeChanged = (address, length) => told.Add((address, length));
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        await Assert.That(told).IsEmpty();
        _memory.Protect(0x20000, 0x1000, PagePermissions.Read | PagePermissions.Execute);
        _memory.Protect(0x20000, 0x1000, ReadWrite);
        _memory.Unmap(0x20000, 0x2000);
        await Assert.That(told).IsEquivalentTo([(0x20000UL, 0x1000UL), (0x20000UL, 0x1000UL)], CollectionOrdering.Matching);
        _memory.MapAnonymous(0x20000, 0x1000, PagePermissions.Execute);
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.MapAnonymous(0x20000, 0x1000, PagePermissions.Execute);
        _memory.Unmap(0x20000, 0x1000);
        await Assert.That(told.Count).IsEqualTo(6);
    }

    [Test]
    public async Task UnmappedMemoryComesBackZeroed()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        await Assert.That(_memory.TryWrite(0x20ffc, 0x1122334455667788UL)).IsTrue();
        await Assert.That(_memory.Unmap(0x20000, 0x1000)).IsEqualTo(MapError.None);
        await Assert.That(_memory.TryRead(0x20ffc, out ulong _)).IsFalse();
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        await Assert.That(_memory.TryRead(0x20ffc, out ulong value)).IsTrue();
        await Assert.That(value).IsEqualTo(0x11223344_00000000UL);
    }

    [Test]
    public async Task StringsEndAtZeroAtTheLimitOrAtAFault()
    {
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.TryWrite(0x20ffc, "abc\0"u8);
        await Assert.That(Text(0x20ffc, 100)).IsEqualTo("abc");
        _memory.TryWrite(0x20ffc, "abcd"u8);
        await Assert.That(Text(0x20ffc, 100)).IsNull();
        await Assert.That(Text(0x20ffc, 4)).IsEqualTo("abcd");
        _memory.MapAnonymous(0x21000, 0x1000, ReadWrite);
        await Assert.That(Text(0x20ffc, 100)).IsEqualTo("abcd");
    }

    [Test]
    public async Task RemapMovesContentsAndLeavesNothingBehind()
    {
        _memory.SearchTop = 0x4000_0000;
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        _memory.MapAnonymous(0x22000, 0x1000, PagePermissions.Read);
        _memory.TryWrite(0x21000, 42);
        await Assert.That(_memory.Remap(0x20000, 0x2000, 0x4000, mayMove: false, null, out _)).IsEqualTo(MapError.NoMemory);
        await Assert.That(_memory.Remap(0x20000, 0x2000, 0x4000, mayMove: true, null, out var moved)).IsEqualTo(MapError.None);
        await Assert.That(moved).IsEqualTo(0x3fff_c000UL);
        await Assert.That(_memory.TryRead(moved + 0x1000, out int value)).IsTrue();
        await Assert.That(value).IsEqualTo(42);
        await Assert.That(_memory.TryWrite(moved + 0x3ff8, 1L)).IsTrue();
        await Assert.That(_memory.PermissionsOf(0x20000)).IsEqualTo(PagePermissions.None);
        await Assert.That(_memory.Remap(moved, 0x4000, 0x1000, mayMove: false, null, out _)).IsEqualTo(MapError.None);
        await Assert.That(_memory.PermissionsOf(moved + 0x1000)).IsEqualTo(PagePermissions.None);
        await Assert.That(_memory.Remap(0x20000, 0x1000, 0x2000, mayMove: true, null, out _)).IsEqualTo(MapError.Fault);
        await Assert.That(_memory.Remap(moved, 0x2000, 0x3000, mayMove: true, null, out _)).IsEqualTo(MapError.Fault);
        await Assert.That(_memory.Remap(moved, 0x1000, 0x1000, mayMove: true, moved, out _)).IsEqualTo(MapError.Invalid);
    }

    [Test]
    public async Task RemapCopiesWhatTheHostKeepsInPieces()
    {
        // Joined in the guest's eyes, two areas for the host: they were touched before they became neighbours.
        for (var page = 0UL; page < 8; page++)
        {
            _memory.MapAnonymous(0x20000 + page * 0x2000, 0x1000, ReadWrite);
            _memory.TryWrite(0x20000 + page * 0x2000, page);
        }

        for (var page = 0UL; page < 8; page++)
        {
            _memory.MapAnonymous(0x21000 + page * 0x2000, 0x1000, ReadWrite);
            _memory.TryWrite(0x21000 + page * 0x2000, ~page);
        }

        await Assert.That(_memory.Mappings).HasSingleItem();
        await Assert.That(_memory.Remap(0x20000, 0x10000, 0x10000, mayMove: true, 0x80000, out _)).IsEqualTo(MapError.None);
        for (var page = 0UL; page < 8; page++)
        {
            await Assert.That(_memory.TryRead(0x80000 + page * 0x2000, out ulong even) && even == page).IsTrue().Because($"page {page}");
            await Assert.That(_memory.TryRead(0x81000 + page * 0x2000, out ulong odd) && odd == ~page).IsTrue().Because($"page {page}");
        }
    }

    /// <summary>The string there, or null.</summary>
    private string? Text(ulong address, int limit) => _memory.TryReadString(address, limit, out var text) ? System.Text.Encoding.ASCII.GetString(text) : null;

    private async Task<ulong> MapAnywhere(ulong length, ulong hint = 0)
    {
        var request = new MapRequest { Address = hint, Length = length, Permissions = ReadWrite };
        await Assert.That(_memory.Map(request, out var address)).IsEqualTo(MapError.None);
        return address;
    }
}
