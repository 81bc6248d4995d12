using Microsoft.Extensions.Hosting;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Access token, renewed once for all callers.</summary>
/// <remarks>No caller cancels a renewal, whose tokens would be lost.</remarks>
internal sealed class AccessTokens(TokenRefresher refresher, TimeProvider time) : IHostedService
{
    /// <summary>Pause in case new tokens are refused too.</summary>
    private static readonly TimeSpan RestAfterSuccess = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);
    private readonly Lock key = new();
    private StoredTokens? current;
    private Task<string>? renewal;
    private DateTimeOffset restsUntil;
    private FailureException? failure;

    public async Task<string> CurrentAsync(CancellationToken cancellationToken) =>
        (current ??= await refresher.FindAsync().WaitAsync(cancellationToken)).AccessToken;

    /// <summary>Gets the token that replaces an expired one.</summary>
    /// <exception cref="FailureException">TikTok Shop gives none, or the store can't be reached.</exception>
    public Task<string> RenewAsync(string expired, CancellationToken cancellationToken)
    {
        lock (key)
        {
            if (renewal is null && current is { } tokens && tokens.AccessToken != expired)
            {
                return Task.FromResult(tokens.AccessToken);
            }

            renewal ??= Task.Run(() => RenewOnceAsync(expired), CancellationToken.None);
            return renewal.WaitAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task underWay;
        lock (key)
        {
            underWay = renewal ?? Task.CompletedTask;
        }

        await underWay.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<string> RenewOnceAsync(string expired)
    {
        try
        {
            current = restsUntil - time.GetUtcNow() is { Ticks: > 0 } rest ? await RestAsync(expired, rest) : await RefreshAsync(expired);
            return current.AccessToken;
        }
        finally
        {
            lock (key)
            {
                renewal = null;
            }
        }
    }

    private async Task<StoredTokens> RefreshAsync(string expired)
    {
        try
        {
            var (tokens, isNew) = await refresher.RefreshAsync(expired);
            (restsUntil, failure) = (isNew ? time.GetUtcNow() + RestAfterSuccess : default, null);
            return tokens;
        }
        catch (FailureException exception)
        {
            (restsUntil, failure) = (time.GetUtcNow() + (exception.RetryAfter ?? RestAfterFailure), exception);
            throw;
        }
    }

    private async Task<StoredTokens> RestAsync(string expired, TimeSpan rest)
    {
        // Another process may have refreshed them meanwhile.
        var stored = await refresher.FindAsync();
        return stored.AccessToken != expired || failure is null
            ? stored : throw new FailureException(failure.Code, failure.Message, failure.InnerException)
            {
                RetryAfter = failure.RetryAfter is null ? null : rest,
            };
    }
}
