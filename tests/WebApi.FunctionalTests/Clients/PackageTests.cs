using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using OrderIssues.Client;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>The package in <c>clients/dotnet</c>.</summary>
public sealed class PackageTests
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static readonly string Folder = Path.Combine(Repository.Root, "clients", "dotnet");
    private readonly TemporaryFolder made = new();

    [TearDown]
    public void Delete() => made.Dispose();

    [Test]
    public async Task Is_made_of_the_document()
    {
        var file = Path.Combine(made.Path, "Generated.cs");
        await RunAsync("msbuild", "-target:Generate", $"-property:Generated={file}");
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(Folder, "Generated.cs")), Is.EqualTo(await File.ReadAllTextAsync(file)), "clients/dotnet/generate writes it anew.");
    }

    [Test]
    public async Task Brings_its_page_its_documentation_and_nothing_that_only_we_need()
    {
        await RunAsync("pack", "--no-build", "--configuration", Configuration, "--output", made.Path);

        using var package = ZipFile.OpenRead(Directory.GetFiles(made.Path, "OrderIssues.Client.*.nupkg").Single());
        using var description = new StreamReader(package.GetEntry("OrderIssues.Client.nuspec")!.Open());
        var text = await description.ReadToEndAsync();
        Assert.That(
            package.Entries.Select(entry => entry.FullName),
            Is.SupersetOf(new[] { "README.md", "lib/net10.0/OrderIssues.Client.dll", "lib/net10.0/OrderIssues.Client.xml" }));
        Assert.That(text, Does.Contain("<readme>README.md</readme>").And.Contain("Microsoft.Extensions.Http").And.Not.Contain("NSwag").And.Not.Contain("<license"));
    }

    /// <summary>NSwag makes one property of "absent" and "null" elsewhere: only here do they differ.</summary>
    [Test]
    public async Task Each_merge_patch_can_tell_absent_from_null()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json")))!;
        var patches = document["paths"]!.AsObject().Select(path => path.Value!["patch"]).OfType<JsonObject>()
            .Select(operation => (string)operation["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!).ToList();

        Assert.That(patches.Select(patch => patch.Split('/')[^1]), Is.Not.Empty.And.All.StartsWith("Patch"));
        Assert.That(typeof(PatchIssueRequest).GetProperty("Packer")!.PropertyType, Is.EqualTo(typeof(Optional<string>)));
        Assert.That(typeof(PatchIssueRequest).GetProperty("IssueType")!.PropertyType, Is.EqualTo(typeof(string)));
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [command, Path.Combine(Folder, "Client.csproj"), "-nodeReuse:false", "-nologo", .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
    }
}
