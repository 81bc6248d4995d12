using System.Text.Json;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

public sealed class ApiPageTests
{
    [Test]
    public void Lists_every_code()
    {
        var listed = File.ReadLines(Path.Combine(Repository.Root, "docs", "api.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.That(listed, Is.EquivalentTo(Enum.GetNames<ProblemCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)));
    }
}
