using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderIssues.Application.Events;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Issues.Merging;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>An erasure whose instance ends on the way leaves nothing behind once it is asked for again.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ErasureCrashTests : IDisposable
{
    private const string Erase = """{ "email": "josh@example.com", "reason": "Request" }""";
    private readonly MortalStore store = new();
    private readonly Service survivor;
    private readonly Service mortal;

    public ErasureCrashTests(StoreKind store)
    {
        survivor = Service.On(store);
        mortal = survivor.Another(services =>
        {
            this.store.Configure(services);
            services.RemoveAll<IFollower>();
        });
    }

    public void Dispose()
    {
        mortal.Dispose();
        survivor.Dispose();
    }

    [TestCase(CrashPoint.BeforeWrite)]
    [TestCase(CrashPoint.AfterWrite)]
    public async Task Views_and_remembered_responses_with_the_customer_are_gone(CrashPoint at)
    {
        store.Restart(null);
        await survivor.Api.PutAsync("/api/issue-view/a", """{ "query": "q=josh+qxvendel" }""");
        var order = new MergedOrder(survivor.Api);
        await ReportAsync(order.OrderId, "Josh Qxvendel", "josh@example.com", order.OrderId);
        store.Restart(at);

        Assert.That((await mortal.Api.PostAsync("/api/customer-data/erase", Erase)).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        (await survivor.Api.PostAsync("/api/customer-data/erase", Erase)).Succeeded();

        Assert.That((await survivor.Api.GetAsync("/api/issue-view")).Succeeded().Body["data"]!.AsArray(), Is.Empty);
        var replay = await ReportAsync(order.OrderId, "Josh Qxvendel", "josh@example.com", order.OrderId);
        Assert.That(replay.Headers.Contains("Idempotency-Replayed"));
        Assert.That(replay.Text, Does.Not.Contain("Josh"));
    }

    [Test]
    public async Task Messages_are_gone_from_both_merged_issues([Values(CrashPoint.BeforeWrite, CrashPoint.AfterWrite)] CrashPoint at, [Values] bool isSurvivor)
    {
        store.Restart(null);
        var order = new MergedOrder(survivor.Api);
        var source = (await ReportAsync(order.OrderId, "Josh", isSurvivor ? "mary@example.com" : "josh@example.com")).IssueId;
        var into = (await ReportAsync(order.OrderId, "Mary", isSurvivor ? "josh@example.com" : "mary@example.com")).IssueId;
        await order.SayAsync(source, "Qx1");
        (await order.MergeAsync(source, into)).Succeeded();
        await order.SayAsync(source, "Qx2");
        store.Restart(at);

        Assert.That((await mortal.Api.PostAsync("/api/customer-data/erase", Erase)).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        (await survivor.Api.PostAsync("/api/customer-data/erase", Erase)).Succeeded();

        await order.UntilAsync(source, "[erased]");
        await order.UntilAsync(into, $"{source}: [erased]", $"{source}: [erased]");
    }

    private Task<Answer> ReportAsync(string orderId, string name, string email, string? key = null)
    {
        var body = Api.Minimal(orderId);
        (body["customerName"], body["customerEmail"]) = (name, email);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return survivor.Api.SendAsync(request);
    }
}
