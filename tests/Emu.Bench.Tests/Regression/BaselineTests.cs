using Emu.Bench.Regression;

namespace Emu.Bench.Tests.Regression;

/// <summary>Baseline and history as files.</summary>
public sealed class BaselineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emu-bench-tests-");

    [Test]
    public async Task What_is_written_is_read_again()
    {
        var set = Set(Gate.TimeMode, "a machine", ("guest/a", [1.25, 1.5]));
        new Baseline("", []).With(set).Write(Path("b.json"));
        var found = Baseline.Read(Path("b.json")).Find(Gate.TimeMode, "a machine");
        await Assert.That(found!.Rows[0].Samples).IsEquivalentTo([1.25, 1.5]);
        await Assert.That(found.Reason).IsEqualTo("why");
        await Assert.That(File.ReadAllText(Path("b.json"))).Contains("[1.25, 1.5]").And.Contains("only good for the kind of machine");
    }

    [Test]
    public async Task Rows_take_the_place_of_those_of_the_same_name_and_conditions()
    {
        var baseline = new Baseline("", []).With(Set(Gate.CountMode, "cachegrind", ("a", [1]), ("b", [2]))).With(Set(Gate.TimeMode, "m", ("a", [3])))
            .With(Set(Gate.CountMode, "cachegrind", ("c", [5]), ("b", [4])));
        await Assert.That(baseline.Sets.Count).IsEqualTo(2);
        await Assert.That(string.Join(" ", baseline.Find(Gate.CountMode, "cachegrind")!.Rows.Select(static row => $"{row.Name}{row.Samples[0]}"))).IsEqualTo("a1 b4 c5");
        await Assert.That(baseline.Find(Gate.TimeMode, "m")!.Rows[0].Samples[0]).IsEqualTo(3);
        await Assert.That(baseline.Find(Gate.TimeMode, "cachegrind")).IsNull();
    }

    [Test]
    [Arguments("")]
    [Arguments("{")]
    [Arguments("[]")]
    [Arguments("{}")]
    [Arguments("{\"about\":\"\",\"sets\":null}")]
    [Arguments("{\"about\":\"\",\"sets\":[null]}")]
    [Arguments("{\"about\":\"\",\"sets\":[{\"mode\":\"count\"}]}")]
    [Arguments("""{"about":"","sets":[{"mode":"count","conditions":"c","date":"","reason":"","rows":[{"name":"a","unit":"u","samples":[]}]}]}""")]
    [Arguments("""{"about":"","sets":[{"mode":"count","conditions":"c","date":"","reason":"","rows":[{"name":"a","unit":"u","samples":[0]}]}]}""")]
    [Arguments("""{"about":"","sets":[{"mode":"count","conditions":"c","date":"","reason":"","rows":[{"name":"a","unit":"u","samples":["1"]}]}]}""")]
    public async Task A_broken_file_is_named_and_how_to_mend_it(string text)
    {
        File.WriteAllText(Path("b.json"), text);
        await Assert.That(() => Baseline.Read(Path("b.json"))).Throws<InvalidDataException>().WithMessageContaining("regress --update REASON");
        await Assert.That(() => History.Read(Path("b.json"))).Throws<InvalidDataException>().WithMessageContaining("is no history");
    }

    [Test]
    public async Task The_conditions_tell_kinds_of_machines_apart_and_not_machines()
    {
        string[] lines = ["processor\t: 0", "vendor_id\t: GenuineIntel", "cpu family\t: 6", "model\t\t: 85", "model name\t: Some Processor @ 2.0GHz", "stepping\t: 7", "cpu MHz\t\t: 1234.5", "", "processor\t: 1", "model\t\t: 99"];
        await Assert.That(MachineClass.Of(lines, 2)).IsEqualTo("Some Processor @ 2.0GHz, cpu family 6, model 85, stepping 7, 2 processors");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private static BaselineSet Set(string mode, string conditions, params (string Name, double[] Samples)[] rows) =>
        new(mode, conditions, "2020-01-01", "why", [.. rows.Select(static row => new Series(row.Name, "steps", row.Samples))]);
}
