using OrderIssues.TestCommon;

namespace OrderIssues.ArchitectureTests;

/// <summary>A reader who opens a folder should see at a glance what is in it, and who opens a file should need few others.</summary>
public sealed class FolderTests
{
    private const int MaxLines = 150;
    private const int MaxLinesOfUseCase = 200;
    private const int MinFiles = 2;
    private const int MaxFiles = 12;
    private const int MaxLevels = 3;

    [Test]
    public void The_product_keeps_to_the_sizes() =>
        Assert.That(Excesses(Path.Combine(Repository.Root, "src")), Is.Empty);

    [Test]
    public void Excesses_are_found()
    {
        using var folder = new TemporaryFolder();
        var deep = Directory.CreateDirectory(Path.Combine(folder.Path, "Project", "1", "2", "3", "4")).FullName;
        for (var i = 0; i <= MaxFiles; i++)
        {
            File.WriteAllText(Path.Combine(deep, $"Small{i}.cs"), "");
        }

        var alone = Directory.CreateDirectory(Path.Combine(folder.Path, "Project", "Alone")).FullName;
        File.WriteAllText(Path.Combine(alone, "Alone.cs"), "");
        File.WriteAllText(Path.Combine(folder.Path, "Project", "Long.cs"), new string('\n', MaxLines + 1));
        File.WriteAllText(Path.Combine(folder.Path, "Project", "UseCase.cs"), "IRequestHandler<" + new string('\n', MaxLinesOfUseCase + 1));
        File.WriteAllText(Path.Combine(folder.Path, "Project", "ShortUseCase.cs"), "IRequestHandler<" + new string('\n', MaxLinesOfUseCase - 1));

        Assert.That(Excesses(folder.Path), Is.EquivalentTo(new[]
        {
            "Project/Long.cs: 151 lines", "Project/UseCase.cs: 201 lines", "Project/1/2/3/4: 13 files", "Project/1/2/3/4: 4 levels", "Project/Alone: 1 files",
        }));
    }

    private static IEnumerable<string> Excesses(string root)
    {
        var files = SourceFiles.Below(root);
        foreach (var file in files)
        {
            var text = File.ReadAllText(Path.Combine(root, file));
            var lines = text.Count(c => c == '\n');
            if (lines > (text.Contains("IRequestHandler<", StringComparison.Ordinal) ? MaxLinesOfUseCase : MaxLines))
            {
                yield return $"{file}: {lines} lines";
            }
        }

        foreach (var folder in files.GroupBy(file => file[..file.LastIndexOf('/')]))
        {
            var levels = folder.Key.Count(c => c == '/');
            if (folder.Count() > MaxFiles || (levels > 0 && folder.Count() < MinFiles))
            {
                yield return $"{folder.Key}: {folder.Count()} files";
            }

            if (levels > MaxLevels)
            {
                yield return $"{folder.Key}: {levels} levels";
            }
        }
    }
}
