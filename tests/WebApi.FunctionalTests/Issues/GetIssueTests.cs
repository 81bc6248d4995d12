using System.Net;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(Store.Sqlite)]
[TestFixture(Store.MongoDb)]
public sealed class GetIssueTests(Store store)
{
    private Api Api => Shared.On(store);
    [TestCase("999")]
    [TestCase("99999999999999999999999999999")]
    [TestCase("abc")]
    [TestCase("-1")]
    [TestCase("1600001%20")]
    [TestCase("%7B%22$gt%22:%22%22%7D")]
    public async Task Knows_no_other_number(string issueId) =>
        (await Api.GetAsync($"/api/order-issue/{issueId}")).Failed(HttpStatusCode.NotFound, "issue_not_found");
}
