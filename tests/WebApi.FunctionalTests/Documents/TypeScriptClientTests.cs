using System.Diagnostics;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>The npm package in <c>clients/typescript</c>.</summary>
public sealed class TypeScriptClientTests
{
    private const string Project = "clients/typescript";
    private static readonly string Folder = Path.Combine(Repository.Root, Project);

    [Test]
    public async Task Is_made_of_the_document()
    {
        var made = Path.Combine(Directory.CreateTempSubdirectory().FullName, "generated.ts");
        using var process = Process.Start(
            "dotnet",
            ["msbuild", Path.Combine(Folder, "generate.proj"), "-restore", "-target:Generate", "-verbosity:quiet", "-nodeReuse:false", $"-property:Generated={made}"]);
        await process.WaitForExitAsync();
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(Folder, "src", "generated.ts")),
            Is.EqualTo(await File.ReadAllTextAsync(made)),
            $"{Project}/generate writes it anew.");
    }

    [Test]
    public async Task Passes_its_own_tests()
    {
        await NodeProject.RequireAsync(Project);
        await NodeProject.TestAsync(Project);
    }
}
