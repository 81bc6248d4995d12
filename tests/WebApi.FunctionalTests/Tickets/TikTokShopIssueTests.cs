using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>Issues of what TikTok Shop has in place of tickets.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TikTokShopIssueTests(StoreKind store)
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private FakeTikTokShop tikTok = null!;
    private Service service = null!;

    [SetUp]
    public async Task Start()
    {
        tikTok = await FakeTikTokShop.StartAsync(time);
        service = TikTokShopService.On(store, time, tikTok);
    }

    [TearDown]
    public async Task Stop()
    {
        service?.Dispose();
        await tikTok.DisposeAsync();
    }

    [TestCase(TikTokShopSamples.ReturnId, null, null, "2025-11-19T22:36:28.000Z", "Return and refund request, order 576653688135258178: Item arrived damaged")]
    [TestCase(TikTokShopSamples.CancelId, null, null, "2025-11-19T22:36:28.000Z", "Cancellation request, order 576653688135258178: No longer needed")]
    [TestCase($"order:{TikTokShopSamples.OrderId}", "Josh", "v2b2V5@chat.seller.tiktok.com", "2025-11-19T22:06:40.000Z", "Order 576653688135258178: Please ring twice")]
    [TestCase($"conversation:{TikTokShopSamples.ConversationId}", "Josh", null, "2025-11-19T22:36:27.000Z", "Conversation, order 576653688135258178")]
    public async Task Have_what_TikTok_tells(string ticketId, string? name, string? email, string reachedAt, string notes)
    {
        var issue = (await ReportAsync(service, ticketId)).Succeeded(HttpStatusCode.Created).Data;

        Assert.That((string?)issue["ticketId"], Is.EqualTo(ticketId));
        Assert.That(((string?)issue["source"], (string?)issue["channel"], (string?)issue["OrderId"]), Is.EqualTo(("tiktok", "tiktok", TikTokShopSamples.OrderId)));
        Assert.That(
            ((string?)issue["customerName"], (string?)issue["customerEmail"], (string?)issue["customerReachedAt"], (string?)issue["notes"]),
            Is.EqualTo((name, email, reachedAt, notes)));
    }

    [Test]
    public async Task Are_one_a_ticket_also_when_many_meet_an_expired_token_on_two_instances()
    {
        using var other = service.Another();
        tikTok.ExpireAccessToken();
        tikTok.Gather(2);

        var answers = await time.LetPassUntilAsync(Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => ReportAsync(i % 2 == 0 ? service : other, TikTokShopSamples.ReturnId))));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Select(answer => answer.IssueId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    [Test]
    public async Task Need_an_order_where_a_conversation_names_none()
    {
        const string Conversation = $"conversation:{TikTokShopSamples.ConversationId}";
        tikTok.Messages = [TikTokShopSamples.Message("TEXT", """{"content":"Hello"}""", "BUYER", 1763591800)];

        Assert.That((await ReportAsync(service, Conversation)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { "OrderId" }));
        (await ReportAsync(service, Conversation, $"\"OrderId\":\"{TikTokShopSamples.OrderId}\",")).Succeeded(HttpStatusCode.Created);
    }

    private static Task<Answer> ReportAsync(Service service, string ticketId, string others = "") =>
        service.Api.PostAsync("/api/order-issue/from-ticket", $$"""{"source":"tiktok",{{others}}"ticketId":"{{ticketId}}","issueType":"damaged"}""");
}
