using Microsoft.Extensions.Hosting;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Access token, renewed once for all callers.</summary>
/// <remarks>No caller cancels a renewal, whose tokens would be lost.</remarks>
internal sealed class AccessTokens(TokenRefresher refresher, TimeProvider time) : IHostedService
{
    /// <summary>Pause in case new tokens are refused too.</summary>
    private static readonly TimeSpan CooldownAfterSuccess = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CooldownAfterFailure = TimeSpan.FromSeconds(5);
    private readonly Lock sync = new();
    private StoredTokens? current;
    private Task<string>? renewal;
    private long cooldownStart;
    private TimeSpan cooldown;
    private FailureException? failure;

    public async Task<string> CurrentAsync(CancellationToken cancellationToken) =>
        (current ??= await refresher.FindAsync().WaitAsync(cancellationToken)).AccessToken;

    /// <summary>Gets the token that replaces an expired one.</summary>
    /// <exception cref="FailureException">TikTok Shop gives none, or the store can't be reached.</exception>
    public Task<string> RenewAsync(string expired, CancellationToken cancellationToken)
    {
        lock (sync)
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
        Task running;
        lock (sync)
        {
            running = renewal ?? Task.CompletedTask;
        }

        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<string> RenewOnceAsync(string expired)
    {
        try
        {
            current = cooldown - time.GetElapsedTime(cooldownStart) is { Ticks: > 0 } wait
                ? await CoolDownAsync(expired, wait) : await RefreshAsync(expired);
            return current.AccessToken;
        }
        finally
        {
            lock (sync)
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
            CoolDown(isNew ? CooldownAfterSuccess : TimeSpan.Zero, null);
            return tokens;
        }
        catch (FailureException exception)
        {
            CoolDown(exception.RetryAfter ?? CooldownAfterFailure, exception);
            throw;
        }
    }

    private void CoolDown(TimeSpan length, FailureException? reason) =>
        (cooldownStart, cooldown, failure) = (time.GetTimestamp(), length, reason);

    private async Task<StoredTokens> CoolDownAsync(string expired, TimeSpan wait)
    {
        // Another process may have refreshed them meanwhile.
        var stored = await refresher.FindAsync();
        return stored.AccessToken != expired || failure is null
            ? stored : throw new FailureException(failure.Code, failure.Message, failure.InnerException)
            {
                RetryAfter = failure.RetryAfter is null ? null : wait,
            };
    }
}
