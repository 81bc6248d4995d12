using OrderIssues.TestCommon;

namespace OrderIssues.ArchitectureTests;

/// <summary>A reader who opens a folder should see at a glance what is in it, and who opens a file should need no other.</summary>
public sealed class FolderTests
{
    private const int MostLines = 150;
    private const int MostLinesOfAHandler = 40;
    private const int MostFiles = 8;
    private const int MostLevels = 3;

    [Test]
    public void The_product_keeps_to_the_budgets() =>
        Assert.That(Excesses(Path.Combine(Repository.Root, "src")), Is.Empty);

    [Test]
    public void Excesses_are_found()
    {
        using var folder = new TemporaryFolder();
        var deep = Directory.CreateDirectory(Path.Combine(folder.Path, "Project", "1", "2", "3", "4")).FullName;
        for (var i = 0; i < 9; i++)
        {
            File.WriteAllText(Path.Combine(deep, $"Small{i}.cs"), "");
        }

        File.WriteAllText(Path.Combine(folder.Path, "Project", "Long.cs"), new string('\n', MostLines + 1));
        File.WriteAllText(Path.Combine(folder.Path, "Project", "LongHandler.cs"), new string('\n', MostLinesOfAHandler + 1));

        Assert.That(Excesses(folder.Path), Has.Exactly(1).Contains("Long.cs").And.Exactly(1).Contains("LongHandler.cs")
            .And.Exactly(1).EndsWith("9 files").And.Exactly(1).EndsWith("4 levels"));
    }

    private static IEnumerable<string> Excesses(string root)
    {
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToList();
        foreach (var file in files)
        {
            var lines = File.ReadLines(Path.Combine(root, file)).Count();
            if (lines > (file.EndsWith("Handler.cs", StringComparison.Ordinal) ? MostLinesOfAHandler : MostLines))
            {
                yield return $"{file}: {lines} lines";
            }
        }

        foreach (var folder in files.GroupBy(file => file[..file.LastIndexOf('/')]))
        {
            if (folder.Count() > MostFiles)
            {
                yield return $"{folder.Key}: {folder.Count()} files";
            }

            if (folder.Key.Count(c => c == '/') > MostLevels)
            {
                yield return $"{folder.Key}: {folder.Key.Count(c => c == '/')} levels";
            }
        }
    }
}
