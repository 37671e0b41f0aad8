using Emu.Engine.Memory;

namespace Emu.Engine.Tests.Memory;

/// <summary>Random changes of the map against a model with one entry per page.</summary>
public sealed class MapModelTests : IDisposable
{
    private const ulong Start = 0x100000;
    private const int Pages = 64;
    private const PagePermissions ReadWrite = PagePermissions.Read | PagePermissions.Write;
    private static readonly PagePermissions[] Choices = [PagePermissions.None, PagePermissions.Read, ReadWrite, ReadWrite | PagePermissions.Execute];
    private readonly GuestMemory _memory = new();
    private readonly (PagePermissions? Permissions, byte Content)[] _model = new (PagePermissions?, byte)[Pages];

    public void Dispose() => _memory.Dispose();

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task TheMapAgreesWithTheModel(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 2000; step++)
        {
            var first = random.Next(Pages);
            var count = random.Next(1, Pages - first + 1);
            switch (random.Next(5))
            {
                case 0: Map(first, count, Choices[random.Next(Choices.Length)]); break;
                case 1: await Unmap(first, count); break;
                case 2: await Protect(first, count, Choices[random.Next(Choices.Length)]); break;
                case 3: await Move(first, random.Next(1, 5), random.Next(Pages - 8), random.Next(1, 8)); break;
                default: Store(first, (byte)random.Next(1, 256)); break;
            }

            for (var page = 0; page < Pages; page++)
                await Assert.That(Agrees(page)).IsTrue().Because($"seed {seed}, step {step}, page {page}");
        }

        foreach (var pair in _memory.Mappings.Zip(_memory.Mappings.Skip(1)))
            await Assert.That(pair.First.End <= pair.Second.Start && !pair.First.Continues(pair.Second)).IsTrue();
    }

    private void Map(int first, int count, PagePermissions permissions)
    {
        _memory.MapAnonymous(At(first), (ulong)count << 12, permissions);
        _model.AsSpan(first, count).Fill((permissions, 0));
    }

    private async Task Unmap(int first, int count)
    {
        await Assert.That(_memory.Unmap(At(first), (ulong)count << 12)).IsEqualTo(MapError.None);
        _model.AsSpan(first, count).Clear();
    }

    private async Task Protect(int first, int count, PagePermissions permissions)
    {
        var error = _memory.Protect(At(first), (ulong)count << 12, permissions);
        var page = first;
        for (; page < first + count && _model[page].Permissions is not null; page++)
            _model[page].Permissions = permissions;
        await Assert.That(error).IsEqualTo(page == first + count ? MapError.None : MapError.NoMemory);
    }

    private async Task Move(int from, int count, int to, int newCount)
    {
        if (from + count > Pages || (from < to + newCount && to < from + count))
            return;
        var same = Enumerable.Range(from, count).All(page => _model[page].Permissions is { } held && held == _model[from].Permissions);
        var error = _memory.Remap(At(from), (ulong)count << 12, (ulong)newCount << 12, mayMove: true, At(to), out _);
        await Assert.That(error).IsEqualTo(same ? MapError.None : MapError.Fault);
        if (!same)
            return;
        var old = _model.AsSpan(from, count).ToArray();
        _model.AsSpan(from, count).Clear();
        for (var page = 0; page < newCount; page++)
            _model[to + page] = page < count ? old[page] : (old[0].Permissions, (byte)0);
    }

    private void Store(int page, byte value)
    {
        if (_memory.TryWrite(At(page) + 8, value))
            _model[page].Content = value;
    }

    private bool Agrees(int page)
    {
        var (permissions, content) = _model[page];
        var expected = permissions is null ? PagePermissions.None : permissions.Value | PagePermissions.Mapped;
        if (_memory.PermissionsOf(At(page)) != expected)
            return false;
        return (expected & PagePermissions.Read) == 0 || (_memory.TryRead(At(page) + 8, out byte value) && value == content);
    }

    private static ulong At(int page) => Start + ((ulong)page << 12);
}
