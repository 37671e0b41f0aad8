using System.Text;
using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

/// <summary>Where paths lead below a sysroot.</summary>
public sealed class SysrootTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("emu-sysroot").FullName;
    private readonly Sysroot _root;

    public SysrootTests()
    {
        Directory.CreateDirectory(Inside("usr/lib"));
        Directory.CreateDirectory(Inside("etc/alternatives"));
        File.WriteAllText(Inside("usr/lib/libone.so.1"), "one");
        File.WriteAllText(Inside("etc/hostname"), "inside");
        File.CreateSymbolicLink(Inside("lib"), "usr/lib");
        File.CreateSymbolicLink(Inside("etc/alternatives/libone"), "/usr/lib/libone.so.1");
        File.CreateSymbolicLink(Inside("usr/lib/libone.so"), "/etc/alternatives/libone");
        File.CreateSymbolicLink(Inside("usr/lib/up"), "../../../../../../../../etc/hostname");
        File.CreateSymbolicLink(Inside("usr/lib/nowhere"), "/no/such/file");
        File.CreateSymbolicLink(Inside("usr/lib/round"), "/usr/lib/round");
        _root = new Sysroot(RawText.Encode(_folder));
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Arguments("/etc/hostname", "etc/hostname")]
    [Arguments("/lib/libone.so.1", "usr/lib/libone.so.1")]
    [Arguments("/usr/lib/libone.so", "usr/lib/libone.so.1")]
    [Arguments("/usr/lib/up", "etc/hostname")]
    [Arguments("/../../etc/hostname", "etc/hostname")]
    [Arguments("/usr//lib/./../../lib/libone.so", "usr/lib/libone.so.1")]
    public async Task A_path_leads_below_the_root_by_every_link(string path, string expected) =>
        await Assert.That(Locate(path, follow: true)).IsEqualTo(Inside(expected));

    [Test]
    [Arguments("/usr/lib/libone.so", "usr/lib/libone.so")]
    [Arguments("/lib/libone.so", "usr/lib/libone.so")]
    [Arguments("/usr/lib/nowhere", "usr/lib/nowhere")]
    public async Task A_link_at_the_end_can_be_meant_itself(string path, string expected) =>
        await Assert.That(Locate(path, follow: false)).IsEqualTo(Inside(expected));

    [Test]
    [Arguments("/proc/self/status")]
    [Arguments("/usr/lib/nowhere")]
    [Arguments("/usr/lib/round")]
    [Arguments("/etc/hostname/below")]
    [Arguments("")]
    public async Task What_is_not_there_is_the_hosts(string path) => await Assert.That(Locate(path, follow: true)).IsNull();

    [Test]
    public async Task A_relative_path_that_begins_inside_stays_inside()
    {
        var directory = HostFiles.Open(RawText.Encode(Inside("usr/lib")), HostFiles.OpenPath);
        var outside = HostFiles.Open("/tmp"u8.ToArray(), HostFiles.OpenPath);
        await Assert.That(Locate("libone.so", follow: true, directory)).IsEqualTo(Inside("usr/lib/libone.so.1"));
        await Assert.That(Locate("../../../../etc/hostname", follow: true, directory)).IsEqualTo(Inside("etc/hostname"));
        await Assert.That(Locate("libone.so", follow: true, outside)).IsNull();
        HostFiles.Close(directory);
        HostFiles.Close(outside);
    }

    [Test]
    public async Task Without_a_root_every_path_is_the_hosts()
    {
        using var none = new Sysroot(null);
        await Assert.That(none.IsEmpty).IsTrue();
        await Assert.That(none.TryLocate(HostFiles.CurrentDirectory, "/etc/hostname"u8, follow: true, out _)).IsFalse();
    }

    private string Inside(string path) => Path.Combine(_folder, path);

    private string? Locate(string path, bool follow, int directory = HostFiles.CurrentDirectory) =>
        _root.TryLocate(directory, RawText.Encode(path), follow, out var inside) ? Encoding.UTF8.GetString(inside) : null;
}
