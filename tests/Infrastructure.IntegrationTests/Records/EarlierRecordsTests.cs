using System.Net;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using OrderIssues.Application;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Tickets;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.TikTokShop.Tokens;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Keys, the one issue of a ticket and tokens go on working that the service stored before there were records.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class EarlierRecordsTests(StoreKind kind)
{
    private static readonly byte[] Response = [1, 0, 255];

    private readonly FakeTimeProvider time = EmptyStore.NewTime();
    private readonly EntityId target = EntityId.New(DateTimeOffset.UnixEpoch);

    private EarlierStore store = null!;
    private StoreHost? host;

    private DateTimeOffset Now => time.GetUtcNow();

    private StoreHost Host => host ??= StartHost();

    [SetUp]
    public async Task Start() => store = await EarlierStore.MakeAsync(kind);

    [TearDown]
    public async Task Stop()
    {
        host?.Dispose();
        host = null;
        await (store?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task A_response_is_given_again()
    {
        await store.AddKeyAsync("john/createIssue//k", "f", $"{target}", Now, Now.AddHours(1), Response);

        var outcome = await RunAsync(_ => throw new AssertionException("Done already"));

        Assert.That((outcome.Response, outcome.IsReplay), Is.EqualTo((Response, true)));
        await FailsAsync(FailureCode.IdempotencyMismatch, "g");
        time.Advance(TimeSpan.FromHours(1));
        Assert.That((await RunAsync(_ => [2], "g")).Response, Is.EqualTo(new byte[] { 2 }));
    }

    [Test]
    public async Task A_retry_waits_for_the_lease_and_takes_the_id_over()
    {
        await store.AddKeyAsync("john/createIssue//k", "f", $"{target}", Now.AddSeconds(30), Now.AddHours(1));

        time.Advance(TimeSpan.FromMilliseconds(29_999));
        await FailsAsync(FailureCode.Conflict, "f");
        time.Advance(TimeSpan.FromMilliseconds(1));
        var id = default(EntityId);
        var outcome = await RunAsync(given =>
        {
            id = given;
            return Response;
        });

        Assert.That((outcome.IsReplay, id), Is.EqualTo((false, target)));
        Assert.That((await RunAsync(_ => [])).Response, Is.EqualTo(Response));
    }

    [Test]
    public async Task The_issue_of_a_ticket_gets_the_id_that_it_was_to_get()
    {
        await store.AddKeyAsync("/(ticket)/freshdesk/18363", "", $"{target}", Now, Now.AddHours(24));

        var mediator = Host.Services.GetRequiredService<IMediator>();
        var (issue, isNew) = await mediator.Send(
            new CreateIssueFromTicket { Issue = new CreateIssue { Source = "freshdesk", TicketId = "18363", IssueType = "damaged" } });

        Assert.That((issue.Id, isNew), Is.EqualTo((target, true)));
    }

    [Test]
    public async Task Tokens_are_found_and_exchanged([Values] bool isBeingExchanged)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("app\nrefresh-1")));
        await store.AddTokensAsync(id, "access-2", "refresh-2", isBeingExchanged ? Now.AddMilliseconds(1) : null, 7);
        var refresher = Host.Services.GetRequiredService<TokenRefresher>();
        Assert.That(await refresher.FindAsync(), Is.EqualTo(new StoredTokens
        {
            AccessToken = "access-2",
            RefreshToken = "refresh-2",
            RefreshingUntil = isBeingExchanged ? Now.AddMilliseconds(1) : null,
        }));

        if (isBeingExchanged)
        {
            await RefuseWhileAnotherProcessMayExchangeAsync(refresher);
        }

        var (tokens, isNew) = await refresher.RefreshAsync("access-2");

        Assert.That((tokens.AccessToken, tokens.RefreshToken, isNew), Is.EqualTo(("access-3", "refresh-3", true)));
        using var another = StartHost();
        Assert.That(await another.Services.GetRequiredService<TokenRefresher>().FindAsync(), Is.EqualTo(tokens));
    }

    // Clocks may differ: what the other process stored as its end says nothing here.
    private async Task RefuseWhileAnotherProcessMayExchangeAsync(TokenRefresher refresher)
    {
        var refresh = refresher.RefreshAsync("access-2");
        while (!refresh.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.That(
            () => refresh, Throws.InstanceOf<FailureException>().With.Property(nameof(FailureException.Code)).EqualTo(FailureCode.TicketSourceUnavailable));
        time.Advance(TimeSpan.FromSeconds(30));
    }

    private StoreHost StartHost()
    {
        var freshdesk = new Mock<ITicketSystem>();
        freshdesk.Setup(system => system.Name).Returns("freshdesk");
        freshdesk.Setup(system => system.FindAsync("18363", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Ticket { TicketId = "18363", OrderId = "A-1" });
        return StoreHost.Start(
            services =>
            {
                services.AddApplication()
                    .AddSingleton<TimeProvider>(time)
                    .AddSingleton(IssueFactory.Statuses)
                    .AddSingleton(IssueFactory.AnyType)
                    .AddSingleton(freshdesk.Object)
                    .AddSingleton(Mock.Of<ICaller>());
                services.AddHttpClient(TokenExchange.Name).ConfigurePrimaryHttpMessageHandler(() => new Exchange());
            },
            store.Setting,
            ("TikTokShop:AppKey", "app"),
            ("TikTokShop:AppSecret", "secret"),
            ("TikTokShop:AccessToken", "access-1"),
            ("TikTokShop:RefreshToken", "refresh-1"),
            ("TikTokShop:ShopCipher", "shop"));
    }

    private Task<IdempotencyOutcome> RunAsync(Func<EntityId, byte[]> work, string fingerprint = "f") =>
        Host.Services.GetRequiredService<IdempotentRunner>().RunAsync(
            new IdempotencyKey { Caller = "john", Operation = "createIssue", Name = "k", Fingerprint = fingerprint },
            attempt => Task.FromResult(work(attempt.TargetId)));

    private async Task FailsAsync(FailureCode code, string fingerprint) =>
        Assert.That((await Assert.ThrowsAsync<FailureException>(() => RunAsync(_ => [], fingerprint)))!.Code, Is.EqualTo(code));

    private sealed class Exchange : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"code":0,"data":{"access_token":"access-3","refresh_token":"refresh-3"}}"""),
            });
    }
}
