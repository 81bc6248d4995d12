using System.IO.Compression;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Upgrades;

/// <summary>An earlier version of the service, as <c>make-earlier</c> packed it, with the libraries of the present one.</summary>
internal sealed class EarlierVersion : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EarlierVersion()
    {
        ZipFile.ExtractToDirectory(
            Path.Combine(Repository.Root, "tests", "WebApi.FunctionalTests", "Upgrades", "earlier.zip"), folder.Path);
        var present = Path.GetDirectoryName(typeof(Program).Assembly.Location)!;
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "runtimes"), Path.Combine(present, "runtimes"));
        foreach (var library in Directory.GetFiles(present, "*.dll").Where(library => !File.Exists(PathOf(library))))
        {
            File.CreateSymbolicLink(PathOf(library), library);
        }
    }

    /// <summary>The program and its arguments that start it.</summary>
    public IReadOnlyList<string> Command => ["dotnet", PathOf("WebApi.dll")];

    public void Dispose() => folder.Dispose();

    private string PathOf(string file) => Path.Combine(folder.Path, Path.GetFileName(file));
}
