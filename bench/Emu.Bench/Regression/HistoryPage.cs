namespace Emu.Bench.Regression;

internal static class HistoryPage
{
    public static void Write(string path, History history) => throw new NotSupportedException(path + history);
}
