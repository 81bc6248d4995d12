using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>A clock that is set back holds up no look-up: what was to take a minute doesn't take an hour.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ClockTests(StoreKind store)
{
    private static readonly TimeSpan Shift = TimeSpan.FromHours(1);

    private readonly MovedClock time = new(TimeProvider.System.GetUtcNow()) { Ahead = Shift };
    private FakeFreshdesk freshdesk = null!;
    private FakeTikTokShop tikTok = null!;
    private Service service = null!;

    [SetUp]
    public async Task Start()
    {
        (freshdesk, tikTok) = (await FakeFreshdesk.StartAsync(), await FakeTikTokShop.StartAsync(time));
        freshdesk.HasEveryTicket = true;
        service = TikTokShopService.On(
            store, time, tikTok, ("Freshdesk:BaseUrl", freshdesk.BaseUrl), ("Freshdesk:ApiKey", FakeFreshdesk.ApiKey));
    }

    [TearDown]
    public async Task Stop()
    {
        service?.Dispose();
        await freshdesk.DisposeAsync();
        await tikTok.DisposeAsync();
    }

    [Test]
    public async Task The_pause_that_Freshdesk_asked_for_ends()
    {
        freshdesk.Next(FakeFreshdesk.Status(429, "60"));
        (await service.Api.GetAsync("/api/issue-ticket/1")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        time.Ahead = TimeSpan.Zero;

        time.Advance(TimeSpan.FromSeconds(59));
        (await service.Api.GetAsync("/api/issue-ticket/1")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        time.Advance(TimeSpan.FromSeconds(1));
        (await service.Api.GetAsync("/api/issue-ticket/1")).Succeeded();
    }

    [Test]
    public async Task An_answer_is_half_a_minute_old_at_most()
    {
        (await service.Api.GetAsync("/api/issue-ticket/1")).Succeeded();
        time.Ahead = TimeSpan.Zero;

        time.Advance(TimeSpan.FromSeconds(31));
        (await service.Api.GetAsync("/api/issue-ticket/1")).Succeeded();

        Assert.That(freshdesk.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task TikTok_Shops_tokens_may_be_exchanged_again_a_minute_later()
    {
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync("order:1")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        time.Ahead = TimeSpan.Zero;

        time.Advance(TimeSpan.FromMinutes(1));
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync("order:2")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
    }
}
