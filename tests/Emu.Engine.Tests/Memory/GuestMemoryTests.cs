using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.Memory;

public sealed unsafe class GuestMemoryTests : IDisposable
{
    private const PagePermissions ReadWrite = PagePermissions.Read | PagePermissions.Write;
    private readonly GuestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Test]
    public void NothingIsMappedAtFirst()
    {
        Assert.Empty(_memory.Mappings);
        Assert.False(_memory.TryRead(0x10000, out int _));
        Assert.False(_memory.Allows(GuestMemory.Size - 1, 1, PagePermissions.None | PagePermissions.Read));
        Assert.Equal(GuestFaultKind.Unmapped, _memory.ExplainFault(0x10000, PagePermissions.Read).Kind);
        Assert.Equal(GuestFaultKind.Unmapped, _memory.ExplainFault(ulong.MaxValue, PagePermissions.Read).Kind);
    }

    [Test]
    public void TheSearchGoesDownAndPrefersTheHint()
    {
        _memory.SearchTop = 0x4000_0000;
        Assert.Equal(0x3fff_f000UL, MapAnywhere(1));
        Assert.Equal(0x3fff_d000UL, MapAnywhere(0x2000));
        Assert.Equal(0x2000_0000UL, MapAnywhere(0x1000, hint: 0x2000_0123));
        Assert.Equal(0x3fff_c000UL, MapAnywhere(0x1000, hint: 0x2000_0000));
        Assert.Equal(MapError.None, _memory.Unmap(0x3fff_f000, 0x1000));
        Assert.Equal(0x3fff_f000UL, MapAnywhere(0x1000));
    }

    [Test]
    public void TheSearchGoesAboveItsTopWhenNothingIsLeftBelow()
    {
        _memory.SearchTop = GuestMemory.LowestAddress + 0x1000;
        Assert.Equal(GuestMemory.LowestAddress, MapAnywhere(0x1000));
        Assert.Equal(GuestMemory.Size - 0x1000, MapAnywhere(0x1000));
    }

    [Test]
    public void NoReplaceRefusesWhatIsMapped()
    {
        _memory.MapAnonymous(0x20000, 0x3000, ReadWrite);
        var request = new MapRequest { Address = 0x22000, Length = 0x2000, Permissions = ReadWrite, Placement = MapPlacement.FixedNoReplace };
        Assert.Equal(MapError.Exists, _memory.Map(request, out _));
        Assert.Equal(MapError.None, _memory.Map(request with { Address = 0x23000 }, out _));
        Assert.Single(_memory.Mappings);
    }

    [Test]
    [Arguments(0x20001UL, 0x1000UL, MapError.Invalid)]
    [Arguments(0x20000UL, 0UL, MapError.Invalid)]
    [Arguments(GuestMemory.Size - 0x1000, 0x2000UL, MapError.NoMemory)]
    [Arguments(0xffff_ffff_ffff_f000UL, 0x2000UL, MapError.NoMemory)]
    [Arguments(0x20000UL, ulong.MaxValue, MapError.NoMemory)]
    public void ImpossibleRangesAreRefused(ulong address, ulong length, MapError error)
    {
        var request = new MapRequest { Address = address, Length = length, Permissions = ReadWrite, Placement = MapPlacement.Fixed };
        Assert.Equal(error, _memory.Map(request, out _));
        Assert.Empty(_memory.Mappings);
    }

    [Test]
    public void AMappingLargerThanTheAddressSpaceIsNoMemory()
    {
        Assert.Equal(MapError.NoMemory, _memory.Map(new MapRequest { Length = 1UL << 40, Permissions = ReadWrite }, out _));
        Assert.Equal(MapError.NoMemory, _memory.Map(new MapRequest { Length = GuestMemory.Size, Permissions = ReadWrite }, out _));
    }

    [Test]
    public void ProtectSplitsAndJoins()
    {
        _memory.MapAnonymous(0x20000, 0x4000, ReadWrite);
        Assert.Equal(MapError.None, _memory.Protect(0x21000, 0x1000, PagePermissions.Read));
        Assert.Equal(3, _memory.Mappings.Count);
        Assert.False(_memory.TryWrite(0x20ffc, 1L));
        Assert.True(_memory.TryRead(0x20ffc, out long _));
        Assert.Equal(GuestFaultKind.Protection, _memory.ExplainFault(0x21000, PagePermissions.Write).Kind);
        Assert.Equal(MapError.None, _memory.Protect(0x21000, 0x1000, ReadWrite));
        Assert.Single(_memory.Mappings);
        Assert.True(_memory.TryWrite(0x20ffc, 1L));
    }

    [Test]
    public void ProtectStopsAtTheFirstGap()
    {
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.MapAnonymous(0x22000, 0x1000, ReadWrite);
        Assert.Equal(MapError.NoMemory, _memory.Protect(0x20000, 0x3000, PagePermissions.Read));
        Assert.Equal(PagePermissions.Read | PagePermissions.Mapped, _memory.PermissionsOf(0x20000));
        Assert.Equal(ReadWrite | PagePermissions.Mapped, _memory.PermissionsOf(0x22000));
    }

    [Test]
    public void ProtectingNothingChangesNothing()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        Assert.Equal(MapError.None, _memory.Protect(0x21000, 0, PagePermissions.Read));
        Assert.Equal(MapError.None, _memory.Protect(0x30000, 0, PagePermissions.Read));
        Assert.Equal(0x2000UL, Assert.Single(_memory.Mappings).Length);
    }

    [Test]
    public void CodeChangesAreTold()
    {
        var told = new List<(ulong, ulong)>();
        _memory.CodeChanged = (address, length) => told.Add((address, length));
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        Assert.Empty(told);
        _memory.Protect(0x20000, 0x1000, PagePermissions.Read | PagePermissions.Execute);
        _memory.Protect(0x20000, 0x1000, ReadWrite);
        _memory.Unmap(0x20000, 0x2000);
        Assert.Equal([(0x20000UL, 0x1000UL), (0x20000UL, 0x1000UL)], told);
        _memory.MapAnonymous(0x20000, 0x1000, PagePermissions.Execute);
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.MapAnonymous(0x20000, 0x1000, PagePermissions.Execute);
        _memory.Unmap(0x20000, 0x1000);
        Assert.Equal(6, told.Count);
    }

    [Test]
    public void UnmappedMemoryComesBackZeroed()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        Assert.True(_memory.TryWrite(0x20ffc, 0x1122334455667788UL));
        Assert.Equal(MapError.None, _memory.Unmap(0x20000, 0x1000));
        Assert.False(_memory.TryRead(0x20ffc, out ulong _));
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        Assert.True(_memory.TryRead(0x20ffc, out ulong value));
        Assert.Equal(0x11223344_00000000UL, value);
    }

    [Test]
    public void StringsEndAtZeroAtTheLimitOrAtAFault()
    {
        _memory.MapAnonymous(0x20000, 0x1000, ReadWrite);
        _memory.TryWrite(0x20ffc, "abc\0"u8);
        Assert.True(_memory.TryReadString(0x20ffc, 100, out var text));
        Assert.Equal("abc"u8, text);
        _memory.TryWrite(0x20ffc, "abcd"u8);
        Assert.False(_memory.TryReadString(0x20ffc, 100, out _));
        Assert.True(_memory.TryReadString(0x20ffc, 4, out text));
        Assert.Equal("abcd"u8, text);
        _memory.MapAnonymous(0x21000, 0x1000, ReadWrite);
        Assert.True(_memory.TryReadString(0x20ffc, 100, out text));
        Assert.Equal("abcd"u8, text);
    }

    [Test]
    public void RemapMovesContentsAndLeavesNothingBehind()
    {
        _memory.SearchTop = 0x4000_0000;
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        _memory.MapAnonymous(0x22000, 0x1000, PagePermissions.Read);
        _memory.TryWrite(0x21000, 42);
        Assert.Equal(MapError.NoMemory, _memory.Remap(0x20000, 0x2000, 0x4000, mayMove: false, null, out _));
        Assert.Equal(MapError.None, _memory.Remap(0x20000, 0x2000, 0x4000, mayMove: true, null, out var moved));
        Assert.Equal(0x3fff_c000UL, moved);
        Assert.True(_memory.TryRead(moved + 0x1000, out int value));
        Assert.Equal(42, value);
        Assert.True(_memory.TryWrite(moved + 0x3ff8, 1L));
        Assert.Equal(PagePermissions.None, _memory.PermissionsOf(0x20000));
        Assert.Equal(MapError.None, _memory.Remap(moved, 0x4000, 0x1000, mayMove: false, null, out _));
        Assert.Equal(PagePermissions.None, _memory.PermissionsOf(moved + 0x1000));
        Assert.Equal(MapError.Fault, _memory.Remap(0x20000, 0x1000, 0x2000, mayMove: true, null, out _));
        Assert.Equal(MapError.Fault, _memory.Remap(moved, 0x2000, 0x3000, mayMove: true, null, out _));
        Assert.Equal(MapError.Invalid, _memory.Remap(moved, 0x1000, 0x1000, mayMove: true, moved, out _));
    }

    [Test]
    public void RemapCopiesWhatTheHostKeepsInPieces()
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

        Assert.Single(_memory.Mappings);
        Assert.Equal(MapError.None, _memory.Remap(0x20000, 0x10000, 0x10000, mayMove: true, 0x80000, out _));
        for (var page = 0UL; page < 8; page++)
        {
            Assert.True(_memory.TryRead(0x80000 + page * 0x2000, out ulong even) && _memory.TryRead(0x81000 + page * 0x2000, out ulong odd) && even == page && odd == ~page);
        }
    }
    private ulong MapAnywhere(ulong length, ulong hint = 0)
    {
        var request = new MapRequest { Address = hint, Length = length, Permissions = ReadWrite };
        Assert.Equal(MapError.None, _memory.Map(request, out var address));
        return address;
    }
}
