using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>The npm package in <c>clients/typescript</c>.</summary>
public sealed class TypeScriptClientTests
{
    private const string Project = "clients/typescript";
    private const string Tools = "clients/typescript/test/tools";

    [Test]
    public async Task Passes_its_own_tests()
    {
        await Task.WhenAll(NodeProject.RequireAsync(Project), NodeProject.RequireAsync(Tools));
        await NodeProject.TestAsync(Project);
    }
}
