using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>An access token that has expired is exchanged once, whoever meets it where, and the new tokens are kept.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TikTokShopTokenTests(StoreKind store)
{
    private const string Ticket = $"order:{TikTokShopSamples.OrderId}";

    /// <summary>How long no other exchange begins after one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

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
            time.Advance(Rest);
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
        time.Advance(Rest);
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

    /// <summary>It is the one that another process got, and has expired since.</summary>
    [Test]
    public async Task Is_exchanged_also_where_the_one_that_is_kept_has_expired()
    {
        using var other = service.Another();
        (await other.LookUpAsync("order:1")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync("order:2")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        tikTok.ExpireAccessToken();

        (await other.LookUpAsync(Ticket)).Succeeded();
        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
    }

    [Test]
    public async Task The_new_one_is_kept_also_by_a_process_that_is_stopped_meanwhile()
    {
        var (asked, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var stopping = service.Another();
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(async context =>
        {
            asked.SetResult();
            await goesOn.Task;
            await tikTok.RefreshAsync(context);
        });
        using var leaving = new CancellationTokenSource();
        using var client = new HttpClient();
        var left = client.GetAsync(new Uri(stopping.Api.Address, $"/api/issue-ticket/{Ticket}?source=tiktok"), leaving.Token);
        await asked.Task;
        await leaving.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());

        var stopped = Task.Run(stopping.Dispose);
        await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System));
        goesOn.SetResult();
        await stopped;

        (await service.LookUpAsync(Ticket)).Succeeded();
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    [TestCase(105001, 401)]
    [TestCase(105002, 401)]
    [TestCase(105002, 200)]
    public async Task Is_exchanged_however_TikTok_says_that_it_works_no_more(int code, int status)
    {
        tikTok.Next(FakeTikTokShop.Code(code, status: status));

        (await service.LookUpAsync(Ticket)).Succeeded();

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
        time.Advance(Rest);
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
    [TestCase("refuses in nonsense", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("refuses without end", HttpStatusCode.GatewayTimeout, "ticket_source_timeout")]
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
            ["refuses in nonsense"] = FakeApi.Raw("HTTP/1.1 502 Bad Gateway\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnonsense"),
            ["refuses without end"] = context =>
            {
                context.Response.StatusCode = 502;
                return FakeApi.StallAsync(context);
            },
            ["drops"] = FakeApi.DropAsync,
            ["hangs"] = FakeApi.HangAsync,
        };
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(ways[way]);

        (await time.LetPassUntilAsync(service.LookUpAsync(Ticket))).Failed(status, code);
        Assert.That(tikTok.Calls.Count(call => call == FakeTikTokShop.RefreshCall), Is.EqualTo(1), "What may be used up isn't sent twice");
        if (status == HttpStatusCode.GatewayTimeout)
        {
            // The exchange has longer than a look-up, and who comes meanwhile waits for it, too.
            await time.LetPassUntilAsync(service.LookUpAsync("order:1"));
            await time.LetPassUntilAsync(service.LookUpAsync("order:2"));
        }

        time.Advance(Rest);
        (await time.LetPassUntilAsync(service.LookUpAsync(Ticket))).Succeeded();
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
    }

    /// <summary>It has written that it is at it, and nothing after that; its clock may have been an hour ahead or behind.</summary>
    [Test]
    public async Task Is_exchanged_half_a_minute_after_a_process_ended_in_the_midst_of_it([Values(-1, 0, 1)] int hoursAhead)
    {
        tikTok.ExpireAccessToken();
        (await service.LookUpAsync(Ticket)).Succeeded();
        time.Advance(Rest);
        await ClaimAsync(TimeSpan.FromHours(hoursAhead) + TimeSpan.FromSeconds(30));

        tikTok.ExpireAccessToken();
        var answer = (await time.LetPassUntilAsync(service.LookUpAsync("order:1"))).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(23), TimeSpan.FromSeconds(25)));
        Assert.That(tikTok.Refreshes, Is.EqualTo(1));

        time.Advance(TimeSpan.FromSeconds(25));
        (await time.LetPassUntilAsync(service.LookUpAsync("order:2"))).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
    }

    [Test]
    public async Task Is_not_exchanged_again_and_again_when_the_new_one_works_no_more_than_the_old_one()
    {
        tikTok.Always = FakeTikTokShop.Code(105002);
        for (var i = 0; i < 3; i++)
        {
            var answer = (await service.LookUpAsync($"order:{i}")).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
            Assert.That((string?)answer.Body["detail"], Does.Contain("access token"));
            time.Advance(TimeSpan.FromSeconds(19));
        }

        Assert.That(tikTok.Refreshes, Is.EqualTo(1));
        time.Advance(TimeSpan.FromSeconds(19));
        await service.LookUpAsync("order:4");
        Assert.That(tikTok.Refreshes, Is.EqualTo(2));
    }

    [TestCase("code", null, 5)]
    [TestCase("limit", null, 5)]
    [TestCase("limit", "30", 30)]
    [TestCase("limit", "86400", 60)]
    public async Task Is_not_exchanged_again_and_again_when_that_is_refused(string way, string? retryAfter, int seconds)
    {
        tikTok.ExpireAccessToken();
        tikTok.AlwaysRefresh = FakeTikTokShop.Code(way == "code" ? 36004001 : 36009002, status: 200, retryAfter: retryAfter);
        var first = await service.LookUpAsync("order:1");
        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        var second = await service.LookUpAsync("order:2");

        var code = way == "code" ? "ticket_source_failed" : "ticket_source_unavailable";
        Assert.That(new[] { first, second }.Select(answer => (string?)answer.Body["code"]), Is.All.EqualTo(code));
        Assert.That((string?)second.Body["detail"], Is.EqualTo((string?)first.Body["detail"]).And.Contains(way == "code" ? "must authorize" : "no more calls"));
        Assert.That(second.Headers.RetryAfter?.Delta, Is.EqualTo(retryAfter is null ? (TimeSpan?)null : TimeSpan.FromSeconds(1)));
        Assert.That(tikTok.Calls.Count(call => call == FakeTikTokShop.RefreshCall), Is.EqualTo(1));

        tikTok.AlwaysRefresh = null;
        time.Advance(TimeSpan.FromSeconds(1));
        (await service.LookUpAsync(Ticket)).Succeeded();
    }

    [TestCase("null", "\"TTP_refresh-9\"")]
    [TestCase("\"TTP_access-9\"", "null")]
    [TestCase("\"\"", "\"TTP_refresh-9\"")]
    [TestCase("\"TTP_access-9\"", "\" \"")]
    [TestCase("\"TTP_access-9\\r\\nX-Evil: 1\"", "\"TTP_refresh-9\"")]
    [TestCase("\"t\u00F6ken\"", "\"TTP_refresh-9\"")]
    [TestCase("9", "\"TTP_refresh-9\"")]
    public async Task Is_not_exchanged_for_what_cannot_be_a_token(string accessToken, string refreshToken)
    {
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(FakeTikTokShop.Data($$"""{"access_token":{{accessToken}},"refresh_token":{{refreshToken}}}"""));
        (await service.LookUpAsync(Ticket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        time.Advance(Rest);
        (await service.LookUpAsync(Ticket)).Succeeded();
    }

    [Test]
    public async Task Is_not_exchanged_for_one_that_is_far_too_long()
    {
        tikTok.ExpireAccessToken();
        tikTok.NextRefresh(FakeTikTokShop.Data($$"""{"access_token":"{{new string('a', 100_000)}}","refresh_token":"TTP_refresh-9"}"""));

        (await service.LookUpAsync(Ticket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
    }

    /// <summary>Writes what another process does that begins an exchange.</summary>
    private Task ClaimAsync(TimeSpan lease) =>
        service.MongoDb is null ? ClaimInFileAsync(time.GetUtcNow() + lease) : ClaimInDatabaseAsync(time.GetUtcNow() + lease);

    private async Task ClaimInFileAsync(DateTimeOffset until)
    {
        await using var file = new SqliteConnection($"Data Source={service.File}");
        await file.OpenAsync();
        var claim = file.CreateCommand();
        claim.CommandText = """
            UPDATE records SET content = json_set(content, '$.refreshingUntil', $until), version = 'theirs' WHERE kind = 'tikTokShopTokens'
            """;
        claim.Parameters.AddWithValue("$until", until.ToUnixTimeMilliseconds());
        Assert.That(await claim.ExecuteNonQueryAsync(), Is.EqualTo(1));
    }

    private async Task ClaimInDatabaseAsync(DateTimeOffset until)
    {
        var url = new MongoUrl(service.MongoDb);
        using var client = new MongoClient(url);
        var result = await client.GetDatabase(url.DatabaseName).GetCollection<BsonDocument>("tiktokshoptokens").UpdateOneAsync(
            new BsonDocument(),
            Builders<BsonDocument>.Update.Set("refreshingUntil", until.UtcDateTime).Inc("version", 1L));
        Assert.That(result.ModifiedCount, Is.EqualTo(1));
    }
}
