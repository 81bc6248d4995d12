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
}
