using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>An access token that has expired is exchanged once, whoever meets it where, and the new tokens are kept.</summary>
[TestFixture(Store.Sqlite)]
[TestFixture(Store.MongoDb)]
public sealed class TikTokShopTokenTests(Store store)
{
    private const string Ticket = $"order:{TikTokShopSamples.OrderId}";

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private FakeTikTokShop tikTok = null!;
    private Service service = null!;

    [SetUp]
    public async Task Start()
    {
        tikTok = await FakeTikTokShop.StartAsync(time);
        service = TikTokShopService.On(store, time, tikTok);
        for (var i = 2; i < 5; i++)
        {
            Leaks.Configure("Token", $"TTP_access-{i}-kUbN7mE");
            Leaks.Configure("Token", $"TTP_refresh-{i}+/Zq8==");
        }
    }

    [TearDown]
    public async Task Stop()
    {
        service?.Dispose();
        await tikTok.DisposeAsync();
    }

    [Test]
    public async Task Is_exchanged_once_for_eight_callers_at_once()
    {
        tikTok.ExpireAccessToken();
        tikTok.Gather(8);

        var answers = await time.LetPassUntilAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(i => service.LookUpAsync(i == 0 ? Ticket : $"order:{i}"))));

        answers[0].Succeeded();
        Assert.That(answers.Skip(1).Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That((tikTok.Refreshes, tikTok.Calls.Count), Is.EqualTo((1, 8 + 1 + 8)));
    }

    [Test]
    public async Task Is_exchanged_once_for_callers_of_two_instances()
    {
        using var other = service.Another();
        for (var round = 1; round <= 3; round++)
        {
            tikTok.ExpireAccessToken();
            tikTok.Gather(8);

            var answers = await time.LetPassUntilAsync(Task.WhenAll(
                Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? service : other).LookUpAsync($"order:{round}{i}"))));

            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.NotFound));
            Assert.That(tikTok.Refreshes, Is.EqualTo(round));
        }
    }

    [Test]
    public async Task The_new_one_outlives_the_process()
    {
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync(Ticket)).Succeeded();
        using var restarted = service.Another();

        (await restarted.LookUpAsync(Ticket)).Succeeded();
        tikTok.ExpireAccessToken();
        (await restarted.LookUpAsync("order:1")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
        Assert.That(tikTok.Calls.Count(call => call == FakeTikTokShop.RefreshCall), Is.EqualTo(2));
    }

    [Test]
    public async Task Is_exchanged_also_where_the_configured_one_is_none()
    {
        using var other = TikTokShopService.On(store, time, tikTok, ("TikTokShop:AccessToken", "long-gone"));

        (await other.LookUpAsync(Ticket)).Succeeded();

        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_loses_the_new_one_by_going_away()
    {
        var (asked, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(async context =>
        {
            asked.SetResult();
            await goesOn.Task;
            await tikTok.RefreshAsync(context);
        });
        using var client = new HttpClient();
        using var leaving = new CancellationTokenSource();
        var left = client.GetAsync(new Uri(service.Api.Address, $"/api/issue-ticket/{Ticket}?source=tiktok"), leaving.Token);
        await asked.Task;
        await leaving.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
        goesOn.SetResult();

        (await time.LetPassUntilAsync(service.LookUpAsync(Ticket))).Succeeded();
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    [Test]
    public async Task Says_that_the_shop_must_authorize_the_app_again_until_it_did()
    {
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(tikTok.RefreshAndDropAsync);

        // The answer with the new tokens was lost, and those before are used up.
        (await service.LookUpAsync(Ticket)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        var answer = (await service.LookUpAsync(Ticket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
        Assert.That((string?)answer.Body["detail"], Does.Contain("must authorize the app again"));
        Assert.That(service.Log.Lines, Has.Some.Contains("wasn't exchanged").And.Some.Contains("must authorize the app again"));

        using var authorized = service.Another(null, ("TikTokShop:AccessToken", tikTok.AccessToken), ("TikTokShop:RefreshToken", tikTok.RefreshToken));
        (await authorized.LookUpAsync(Ticket)).Succeeded();
    }

    [TestCase("500", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("wrong app", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("nothing", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("no tokens", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("too many", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("truncates", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("drops", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("hangs", HttpStatusCode.GatewayTimeout, "ticket_source_timeout")]
    public async Task May_be_exchanged_by_the_next_caller_when_that_failed(string way, HttpStatusCode status, string code)
    {
        var ways = new Dictionary<string, Func<HttpContext, Task>>
        {
            ["500"] = FakeTikTokShop.Status(500),
            ["wrong app"] = FakeTikTokShop.Code(FakeTikTokShop.WrongApp),
            ["nothing"] = FakeApi.Body(""),
            ["no tokens"] = FakeTikTokShop.Data("""{"access_token":"TTP_access-9-kUbN7mE"}"""),
            ["too many"] = FakeTikTokShop.Code(36009002),
            ["truncates"] = FakeApi.TruncateAsync,
            ["drops"] = FakeApi.DropAsync,
            ["hangs"] = FakeApi.HangAsync,
        };
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(ways[way]);

        (await time.LetPassUntilAsync(service.LookUpAsync(Ticket))).Failed(status, code);
        Assert.That(tikTok.Calls.Count(call => call == FakeTikTokShop.RefreshCall), Is.EqualTo(1), "What may be used up isn't sent twice");
        if (way == "hangs")
        {
            // The exchange has longer than a look-up, and who comes meanwhile waits for it, too.
            await time.LetPassUntilAsync(service.LookUpAsync("order:1"));
            await time.LetPassUntilAsync(service.LookUpAsync("order:2"));
        }

        (await time.LetPassUntilAsync(service.LookUpAsync(Ticket))).Succeeded();
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    /// <summary>It has written that it is at it, and nothing after that.</summary>
    [Test]
    public async Task Is_exchanged_half_a_minute_after_a_process_ended_in_the_midst_of_it()
    {
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync(Ticket)).Succeeded();
        await (service.MongoDb is null ? ClaimInFileAsync() : ClaimInDatabaseAsync());

        tikTok.ExpireAccessToken();
        (await time.LetPassUntilAsync(service.LookUpAsync("order:1"))).Failed(HttpStatusCode.GatewayTimeout, "ticket_source_timeout");
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));

        time.Advance(TimeSpan.FromSeconds(20));
        (await time.LetPassUntilAsync(service.LookUpAsync("order:2"))).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
    }

    [Test]
    public async Task Refuses_a_new_one_that_works_no_more_than_the_old_one()
    {
        tikTok.Always = FakeTikTokShop.Code(105002);

        var answer = (await service.LookUpAsync(Ticket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That((string?)answer.Body["detail"], Does.Contain("access token"));
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    /// <summary>As another process writes it.</summary>
    private async Task ClaimInFileAsync()
    {
        await using var file = new SqliteConnection($"Data Source={service.File}");
        await file.OpenAsync();
        var claim = file.CreateCommand();
        claim.CommandText = "UPDATE tikTokShopTokens SET refreshingUntil = $until, version = version + 1";
        claim.Parameters.AddWithValue("$until", time.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds());
        Assert.That(await claim.ExecuteNonQueryAsync(), Is.EqualTo(1));
    }

    private async Task ClaimInDatabaseAsync()
    {
        var url = new MongoUrl(service.MongoDb);
        using var client = new MongoClient(url);
        var result = await client.GetDatabase(url.DatabaseName).GetCollection<BsonDocument>("tiktokshoptokens").UpdateOneAsync(
            new BsonDocument(),
            Builders<BsonDocument>.Update.Set("refreshingUntil", time.GetUtcNow().AddSeconds(30).UtcDateTime).Inc("version", 1L));
        Assert.That(result.ModifiedCount, Is.EqualTo(1));
    }
}
