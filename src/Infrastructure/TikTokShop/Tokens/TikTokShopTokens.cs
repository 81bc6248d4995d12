using Microsoft.Extensions.Hosting;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>
/// The access token, and the one that takes its place when it has expired. Callers at the same time share one exchange, and nobody who waits can call that
/// off, since the new tokens would be lost.
/// </summary>
internal sealed class TikTokShopTokens(TokenRefresher shared, TimeProvider time) : IHostedService
{
    /// <summary>A token that is new and is refused too isn't exchanged again at once, nor is one whose exchange has just failed.</summary>
    private static readonly TimeSpan RestAfterSuccess = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock key = new();
    private StoredTokens? current;
    private Task<string>? exchanging;
    private DateTimeOffset restsUntil;
    private FailureException? failure;

    public async Task<string> CurrentAsync(CancellationToken cancellationToken) =>
        (current ??= await shared.FindAsync().WaitAsync(cancellationToken)).AccessToken;

    /// <summary>The access token in place of one that has expired.</summary>
    /// <exception cref="FailureException">TikTok Shop gives none, or the store can't be reached.</exception>
    public Task<string> ReplaceAsync(string expired, CancellationToken cancellationToken)
    {
        lock (key)
        {
            if (exchanging is null && current is { } tokens && tokens.AccessToken != expired)
            {
                return Task.FromResult(tokens.AccessToken);
            }

            exchanging ??= Task.Run(() => ExchangeOnceAsync(expired), CancellationToken.None);
            return exchanging.WaitAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for an exchange under way, whose new tokens would be lost.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task underWay;
        lock (key)
        {
            underWay = exchanging ?? Task.CompletedTask;
        }

        await underWay.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<string> ExchangeOnceAsync(string expired)
    {
        try
        {
            current = restsUntil - time.GetUtcNow() is { Ticks: > 0 } rest ? await RestingAsync(expired, rest) : await ExchangeAsync(expired);
            return current.AccessToken;
        }
        finally
        {
            lock (key)
            {
                exchanging = null;
            }
        }
    }

    private async Task<StoredTokens> ExchangeAsync(string expired)
    {
        try
        {
            var (tokens, isNew) = await shared.RefreshAsync(expired);
            (restsUntil, failure) = (isNew ? time.GetUtcNow() + RestAfterSuccess : default, null);
            return tokens;
        }
        catch (FailureException exception)
        {
            (restsUntil, failure) = (time.GetUtcNow() + (exception.RetryAfter ?? RestAfterFailure), exception);
            throw;
        }
    }

    /// <summary>Another process may have exchanged it meanwhile.</summary>
    private async Task<StoredTokens> RestingAsync(string expired, TimeSpan rest)
    {
        var stored = await shared.FindAsync();
        return stored.AccessToken != expired || failure is null ? stored
            : throw new FailureException(failure.Code, failure.Message, failure.InnerException) { RetryAfter = failure.RetryAfter is null ? null : rest };
    }
}
