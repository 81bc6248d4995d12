using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class GetIssueTests(StoreKind store)
{
    private Api Api => Shared.On(store);

    [Test]
    public async Task Knows_no_other_number() =>
        (await Api.GetAsync("/api/order-issue/999")).Failed(HttpStatusCode.NotFound, "issue_not_found");

    /// <summary>Also beside what JSON must escape, and where a text begins or ends with it.</summary>
    [TestCase("\U0001F600")]
    [TestCase("\U0001F4E6 broken: \"\U0001F622\"\n\\ \u007f \U00020BB7\U0001F600")]
    [TestCase("\U0001F1E9\U0001F1EA x \U0001F468\u200D\U0001F469")]
    public async Task Characters_beyond_the_basic_plane_leave_as_UTF_8(string text)
    {
        var body = Api.Minimal();
        body["notes"] = text.Replace("\u007f", "", StringComparison.Ordinal);
        var created = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);

        var read = await Api.GetAsync($"/api/order-issue/{created.IssueId}");

        Assert.That((string?)read.Data["notes"], Is.EqualTo((string?)body["notes"]));
        Assert.That(read.Text, Does.Contain("\U0001F600").Or.Contain("\U0001F1E9\U0001F1EA").And.Not.Contain("\\ud8"));
        Assert.That((await Api.GetAsync($"/api/order-issue/export?format=ndjson&issueId={created.IssueId}")).Text, Does.Not.Contain("\\ud8"));
        Assert.That((await Api.GetAsync($"/api/order-issue?issueId={created.IssueId}")).Text, Does.Not.Contain("\\ud8"));
    }
}
