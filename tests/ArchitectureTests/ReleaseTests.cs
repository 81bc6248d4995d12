using System.Reflection.Metadata;
using OrderIssues.TestCommon;

namespace OrderIssues.ArchitectureTests;

public sealed class ReleaseTests
{
    /// <summary>Stack traces name files as the symbols do.</summary>
    [Test]
    public void Names_no_folder_of_the_machine_that_built_it()
    {
        var symbols = new[] { "Domain", "Application", "Infrastructure", "WebApi" }
            .Select(project => Path.Combine(Repository.Root, "src", project, "bin", "Release", "net10.0", $"{project}.pdb"))
            .Where(File.Exists)
            .ToList();
        if (symbols.Count == 0)
        {
            Assert.Ignore("There is no release: dotnet build --configuration Release");
        }

        Assert.That(symbols.SelectMany(SourcesOf), Is.All.StartsWith("/_/"));
    }

    private static List<string> SourcesOf(string file)
    {
        using var stream = File.OpenRead(file);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }
}
