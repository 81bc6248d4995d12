using OrderIssues.TestCommon;

namespace OrderIssues.ArchitectureTests;

/// <summary>A reader who understood a file never has to come back to it from the files that it imports.</summary>
public sealed class CircleTests
{
    private static readonly Lazy<SourceGraph> Product = new(() => SourceGraph.Load(Path.Combine(Repository.Root, "src")));

    [Test]
    public void No_file_imports_one_that_imports_it() => Assert.That(Product.Value.FileCircles(), Is.Empty);

    [Test]
    public void No_folder_imports_a_neighbour_that_imports_it() => Assert.That(Product.Value.FolderCircles(), Is.Empty);

    [Test]
    public void The_imports_are_seen() => Assert.That(
        Product.Value.Imports["WebApi/Issues/IssuesController.cs"],
        Is.SupersetOf(new[] { "Application/Issues/CreateIssue.cs", "WebApi/Issues/Models/IssueResponses.cs", "WebApi/Idempotency/IdempotentRequests.cs" }));

    [Test]
    public void Circles_are_found()
    {
        using var folder = new TemporaryFolder();
        Write("A/One.cs", "namespace A; public class One { public Two? Next { get; set; } }");
        Write("A/Two.cs", "namespace A; public class Two { public object? Three() => this.AsThree(); }");
        Write("A/Three.cs", "namespace A; public static class Three { public static One? AsThree(this Two two) => null; }");
        Write("A/Sub/Part.cs", "namespace A.Sub; public class Part { public A.Whole? Whole { get; set; } }");
        Write("A/Whole.cs", "namespace A; public class Whole { public B.Other? Other { get; set; } }");
        Write("A/User.cs", "namespace A; public class User { public Sub.Part? Part { get; set; } }");
        Write("B/Other.cs", "namespace B; public class Other { public A.User? User { get; set; } }");

        var graph = SourceGraph.Load(folder.Path);

        Assert.That(graph.FileCircles(), Is.EquivalentTo(new[]
        {
            "A/One.cs <-> A/Three.cs <-> A/Two.cs", "A/Sub/Part.cs <-> A/User.cs <-> A/Whole.cs <-> B/Other.cs",
        }));
        Assert.That(graph.FolderCircles(), Is.EqualTo(new[] { "A <-> B" }));

        void Write(string file, string text)
        {
            var path = Path.Combine(folder.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
