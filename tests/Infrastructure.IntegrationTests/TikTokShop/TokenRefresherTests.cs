using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.TikTokShop;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.IntegrationTests.TikTokShop;

public sealed class TokenRefresherTests
{
    private readonly FakeTimeProvider time = new();

    /// <summary>Those before are used up.</summary>
    [TestCase(FailureCode.StoreUnavailable)]
    [TestCase(FailureCode.Overloaded)]
    [TestCase(FailureCode.QueryTimeout)]
    public async Task New_tokens_are_kept_however_long_the_store_takes_nothing(FailureCode code)
    {
        var store = new MoodyStore();
        await using var services = Services(store);
        var exchange = services.GetRequiredService<TokenRefresher>().RefreshAsync("access-1");
        await store.IsClaimed.Task;

        store.Mood = code;
        await store.HasRefused.Task;
        for (var i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.That((exchange.IsCompleted, store.Stored!.AccessToken), Is.EqualTo((false, "access-1")));
        store.Mood = null;
        while (!exchange.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.That((await exchange).Tokens, Is.EqualTo(store.Stored));
        Assert.That((store.Stored.AccessToken, store.Stored.RefreshToken, store.Stored.RefreshingUntil), Is.EqualTo(("access-2", "refresh-2", (DateTimeOffset?)null)));
    }

    private ServiceProvider Services(MoodyStore store)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("TikTokShop:AppKey", "app"),
            new("TikTokShop:AppSecret", "secret"),
            new("TikTokShop:AccessToken", "access-1"),
            new("TikTokShop:RefreshToken", "refresh-1"),
            new("TikTokShop:ShopCipher", "shop"),
        ]).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(time).AddSingleton<IRecordStore>(store).AddTikTokShop(configuration);
        services.AddHttpClient(TokenExchange.Name).ConfigurePrimaryHttpMessageHandler(() => new Exchange(store));
        return services.BuildServiceProvider();
    }

    /// <summary>Gives the second pair, once the store is in its mood.</summary>
    private sealed class Exchange(MoodyStore store) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await store.IsMoody.Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"code":0,"data":{"access_token":"access-2","refresh_token":"refresh-2"}}"""),
            };
        }
    }

    private sealed class MoodyStore : IRecordStore
    {
        private StoredRecord? record;

        public TaskCompletionSource IsClaimed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsMoody { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource HasRefused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StoredTokens? Stored => record is null ? null : TokensOf(JsonNode.Parse(record.Content)!);

        /// <summary>What every call fails with.</summary>
        public FailureCode? Mood
        {
            get;
            set
            {
                field = value;
                IsMoody.TrySetResult();
            }
        }

        public Task<StoredRecord?> FindAsync(string kind, string key)
        {
            Refuse();
            return Task.FromResult(record);
        }

        public async Task<PutResult> PutIfAbsentAsync(StoredRecord record) => new((await PutIfVersionAsync(record))!, IsNew: true);

        public Task<StoredRecord?> PutIfVersionAsync(StoredRecord record)
        {
            Refuse();
            this.record = record with { Version = record.Version + "1" };
            IsClaimed.TrySetResult();
            return Task.FromResult<StoredRecord?>(this.record);
        }

        public Task RemoveAsync(string kind, string key, string version) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit) => throw new NotSupportedException();

        private static StoredTokens TokensOf(JsonNode content) => new()
        {
            AccessToken = (string)content["accessToken"]!,
            RefreshToken = (string)content["refreshToken"]!,
            RefreshingUntil = (long?)content["refreshingUntil"] is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        };

        private void Refuse()
        {
            if (Mood is { } code)
            {
                HasRefused.TrySetResult();
                throw new FailureException(code, "Not now.");
            }
        }
    }
}
