using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>A path segment is decoded exactly once.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class PathTests(StoreKind store)
{
    private const string Done = """{ "status": "done" }""";

    private Api Api => Shared.On(store);

    [TestCase("A/B", "A%2FB")]
    [TestCase("A/B", "A%2fB")]
    [TestCase("A%2FB", "A%252FB")]
    [TestCase("A%252FB", "A%25252FB")]
    [TestCase("100%", "100%25")]
    [TestCase("100%", "100%")]
    [TestCase("%zz", "%zz")]
    [TestCase("a b", "a%20b")]
    [TestCase("a+b", "a+b")]
    [TestCase("a+b", "a%2Bb")]
    [TestCase("a?b#c", "a%3Fb%23c")]
    [TestCase("#1001", "%231001")]
    [TestCase("花/é", "%E8%8A%B1%2F%C3%A9")]
    [TestCase("é", "e%CC%81")]
    [TestCase("/", "%2F")]
    [TestCase("../x", "..%2Fx")]
    [TestCase("...", "...")]
    [TestCase("a;b=c", "a;b=c")]
    [TestCase("create", "create")]
    public async Task Names_the_order(string orderId, string segment)
    {
        using var service = Service.On(store);
        var created = (await service.Api.CreateAsync(Api.Minimal(orderId))).Succeeded(HttpStatusCode.Created);
        await service.Api.CreateAsync(Api.Minimal("A"));

        var (status, body) = await service.Api.SendTargetAsync("PUT", $"/api/order-issue/update/{segment}", Done);

        Assert.That((status, (string?)body?["data"]?["issueId"]), Is.EqualTo((HttpStatusCode.OK, created.IssueId)), body?.ToJsonString());
        var (absolute, _) = await service.Api.SendTargetAsync("PUT", $"http://{service.Api.Address.Authority}/api/order-issue/discussion/{segment}?_=%2F", """{ "username": "a", "message": "b" }""");
        Assert.That(absolute, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("PUT", "/api/order-issue/update/A%252FB", "issue_not_found")]
    [TestCase("GET", "/api/../../etc/passwd", "route_not_found")]
    [TestCase("GET", "/%2e%2e/%2e%2e/etc/passwd", "route_not_found")]
    [TestCase("GET", "/api%2Forder-issue%2F1600001", "route_not_found")]
    public async Task Finds_nothing_elsewhere(string method, string target, string code)
    {
        var (status, body) = await Api.SendTargetAsync(method, target, method == "PUT" ? Done : "");

        Assert.That((status, (string?)body?["code"]), Is.EqualTo((HttpStatusCode.NotFound, code)));
    }
}
