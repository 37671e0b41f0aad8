using System.Buffers.Binary;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

public sealed class BadProgramTests
{
    private const int Second = ElfBuilder.HeaderSize + ElfBuilder.ProgramHeaderSize;

    [Test]
    public async Task AMissingFileIsNotFound()
    {
        var problem = LoaderHarness.Refused("/nonexistent/pro\ngram");
        await Assert.That(problem.ExitCode).IsEqualTo(127);
        await Assert.That(problem.Message).IsEqualTo("/nonexistent/pro?gram: No such file or directory");
    }

    [Test]
    public async Task AFileBelowAFileIsNotFound() => await Assert.That(LoaderHarness.Refused("/etc/passwd/x").ExitCode).IsEqualTo(127);

    [Test]
    [Arguments("/", "is a directory")]
    [Arguments("/dev/null", "is not a regular file")]
    public async Task WhatIsNoFileIsNotRunnable(string path, string what)
    {
        var problem = LoaderHarness.Refused(path);
        await Assert.That(problem.ExitCode).IsEqualTo(126);
        await Assert.That(problem.Message).IsEqualTo($"{path}: {what}");
    }

    [Test]
    public async Task AFileWithoutTheRightToExecuteIsNotRunnable()
    {
        using var file = new TemporaryFile(ElfBuilder.Program().Build(), executable: false);
        var problem = LoaderHarness.Refused(file.Name);
        await Assert.That(problem.ExitCode).IsEqualTo(126);
        await Assert.That(problem.Message).EndsWith("is not executable: permission denied");
    }

    [Test]
    [Arguments(new byte[0], "is empty")]
    [Arguments(new byte[] { 1 }, "is not an ELF program")]
    [Arguments(new byte[] { 0x7f, (byte)'E', (byte)'L' }, "is not an ELF program")]
    [Arguments(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }, "is truncated: its ELF header is incomplete")]
    [Arguments(new byte[] { (byte)'#', (byte)'!', (byte)'/' }, "is a script, not an ELF program: name its interpreter first")]
    public async Task WhatIsNoElfIsNotRunnable(byte[] contents, string what)
    {
        var problem = await LoaderHarness.Refused(contents);
        await Assert.That(problem.ExitCode).IsEqualTo(126);
        await Assert.That(problem.Message).EndsWith(": " + what);
    }

    [Test]
    [Arguments(4, 1, 1, "is a 32-bit ELF program")]
    [Arguments(4, 7, 1, "has the unknown ELF class 7")]
    [Arguments(5, 2, 1, "is a big-endian ELF program")]
    [Arguments(5, 0, 1, "has the unknown ELF byte order 0")]
    [Arguments(18, 62, 2, "is for ELF machine 62, not for riscv64 (243)")]
    [Arguments(16, 1, 2, "is no executable: its ELF type is 1")]
    [Arguments(16, 4, 2, "is no executable: its ELF type is 4")]
    [Arguments(54, 32, 2, "has program headers of 32 bytes instead of 56")]
    [Arguments(56, 0, 2, "has 0 program headers")]
    [Arguments(56, 0xffff, 2, "has 65535 program headers")]
    [Arguments(32, 0x2fc0, 8, "is truncated: its program headers lie beyond its end")]
    [Arguments(32, -1, 8, "is truncated: its program headers lie beyond its end")]
    [Arguments(Second + 40, 0, 8, "segment at 0x11000 is larger in the file (0x1800) than in memory (0x0)|segment at 0x11000 is empty")]
    [Arguments(Second + 40, 0x1000, 8, "segment at 0x11000 is larger in the file (0x1800) than in memory (0x1000)")]
    [Arguments(Second + 40, -1, 8, "segment at 0x11000 of 0xffffffffffffffff bytes lies outside the address space of programs")]
    [Arguments(Second + 16, -0x1000, 8, "segment at 0xfffffffffffff000 of 0x4000 bytes lies outside the address space of programs")]
    [Arguments(Second + 16, 0x3ffffff000, 8, "segment at 0x3ffffff000 of 0x4000 bytes lies outside the address space of programs")]
    [Arguments(Second + 8, -0x1000, 8, "is truncated: segment at 0x11000 lies beyond its end")]
    [Arguments(Second + 8, 0x2000, 8, "is truncated: segment at 0x11000 lies beyond its end")]
    [Arguments(Second + 8, 0x1008, 8, "segment at 0x11000 has the file offset 0x1008, which differs within the page")]
    [Arguments(Second + 48, 3, 8, "segment at 0x11000 has the alignment 0x3")]
    [Arguments(Second + 48, 1L << 40, 8, "segment at 0x11000 has the alignment 0x10000000000")]
    [Arguments(Second + 16, 0x10000, 8, "segment at 0x10000 overlaps the segment at 0x10000")]
    [Arguments(Second + 16, 0x3ff8000000, 8, "its segments from 0x10000 to 0x3ff8004000 leave no room for the null page or the stack")]
    [Arguments(ElfBuilder.HeaderSize + 16, 0, 8, "its segments from 0x0 to 0x15000 leave no room for the null page or the stack")]
    public async Task BadHeadersAreNamed(int offset, long value, int size, string what)
    {
        var contents = ElfBuilder.Program().Build();
        Patch(contents, offset, value, size);
        var problem = await LoaderHarness.Refused(contents);
        await Assert.That(problem.ExitCode).IsEqualTo(126);
        await Assert.That(what.Split('|')).Contains(text => problem.Message.EndsWith(": " + text));
    }

    [Test]
    public async Task AProgramWithoutSegmentsIsRefused()
    {
        var contents = ElfBuilder.Program().Build();
        Patch(contents, ElfBuilder.HeaderSize, 4, 4);
        Patch(contents, Second, 4, 4);
        await Assert.That((await LoaderHarness.Refused(contents)).Message).EndsWith("has no loadable segment");
    }

    [Test]
    public async Task MoreMemoryThanTheHostHasIsRefused()
    {
        var contents = ElfBuilder.Program().Build();
        Patch(contents, Second + 40, 0x3f00000000, 8);
        await Assert.That((await LoaderHarness.Refused(contents)).Message).EndsWith("segment at 0x11000 of 0x3f00000000 bytes: Cannot allocate memory");
    }

    [Test]
    public async Task AMissingInterpreterIsNamed()
    {
        var problem = await LoaderHarness.Refused(ElfBuilder.Program(interpreter: "/lib/no-such-loader.so.1").Build());
        await Assert.That(problem.ExitCode).IsEqualTo(127);
        await Assert.That(problem.Message).EndsWith(": its interpreter /lib/no-such-loader.so.1 is missing (see --sysroot)");
    }

    [Test]
    [Arguments(32, 1, "its interpreter's path has 1 bytes")]
    [Arguments(32, 0x10000, "its interpreter's path has 65536 bytes")]
    [Arguments(32, 4, "its interpreter's path is empty or does not end")]
    [Arguments(8, 0x2fff, "is truncated: its interpreter's path lies beyond its end")]
    public async Task BadInterpreterHeadersAreNamed(int field, long value, string what)
    {
        var contents = ElfBuilder.Program(interpreter: "/lib/ld.so.1").Build();
        Patch(contents, ElfBuilder.HeaderSize + field, value, 8);
        await Assert.That((await LoaderHarness.Refused(contents)).Message).EndsWith(": " + what);
    }

    [Test]
    public async Task ABadInterpreterIsNamedItself()
    {
        using var interpreter = new TemporaryFile([1, 2, 3, 4]);
        using var program = new TemporaryFile(ElfBuilder.Program(interpreter: interpreter.Name).Build());
        await Assert.That(LoaderHarness.Refused(program.Name).Message).IsEqualTo(interpreter.Name + ": is not an ELF program");
    }

    [Test]
    public async Task EveryTruncationIsRefused()
    {
        var contents = ElfBuilder.Program().Build();
        for (var length = 0; length < 0x2800; length = length < 0x200 ? length + 1 : length + 0x3f)
            await Assert.That(await LoaderHarness.Refused(contents[..length])).IsTypeOf<ProgramLoadException>();
    }

    private static void Patch(byte[] contents, int offset, long value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..size].CopyTo(contents.AsSpan(offset));
    }
}
