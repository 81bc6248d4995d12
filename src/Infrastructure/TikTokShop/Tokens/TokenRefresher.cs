using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Tokens that all instances share. The one that first writes a lease into the store exchanges them.</summary>
internal sealed partial class TokenRefresher(
    ITikTokShopTokenStore store, TokenExchange exchange, TikTokShopOptions options, TimeProvider time, ILogger<TokenRefresher> logger)
{
    /// <summary>Longer than an exchange may take; an instance that holds it for longer counts as ended.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer than most exchanges take; an instance that ended doesn't come back.</summary>
    private static readonly TimeSpan LeaseWaitTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StoreRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Digest of the configured tokens, so that a new authorization begins a new entry.</summary>
    private readonly string id = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{options.AppKey}\n{options.RefreshToken}")));

    /// <summary>Reads the stored tokens; the configured ones when there are none.</summary>
    public async Task<StoredTokens> FindAsync() => await store.FindAsync(id)
        ?? new() { Id = id, AccessToken = options.AccessToken, RefreshToken = options.RefreshToken, Version = 0 };

    /// <summary>Gets the tokens that replace those with an expired access token.</summary>
    /// <returns>The tokens, and true when this instance exchanged them.</returns>
    /// <exception cref="FailureException">TikTok Shop gives none, or the store can't be reached.</exception>
    public async Task<(StoredTokens Tokens, bool IsNew)> RefreshAsync(string expired)
    {
        var start = time.GetUtcNow();
        while (true)
        {
            var stored = await FindAsync();
            var now = time.GetUtcNow();
            if (stored.AccessToken != expired)
            {
                return (stored, IsNew: false);
            }

            var claim = stored with { RefreshingUntil = now + Lease, Version = stored.Version + 1 };
            if (stored.RefreshingUntil - now is { Ticks: > 0 } left)
            {
                await (now - start < LeaseWaitTimeout ? Task.Delay(PollInterval, time) : throw Leased(left));
            }
            else if (await store.TryWriteAsync(claim))
            {
                return (await ExchangeAsync(claim), IsNew: true);
            }
        }
    }

    private static FailureException Leased(TimeSpan left) => new(
        FailureCode.TicketSourceUnavailable,
        "TikTok Shop's access token has expired, and the process that was to exchange it isn't done, or ended.")
    {
        RetryAfter = left,
    };

    private async Task<StoredTokens> ExchangeAsync(StoredTokens claim)
    {
        TokenPair pair;
        try
        {
            pair = await exchange.ForAsync(claim.RefreshToken);
        }
        catch (FailureException failure)
        {
            LogFailed(failure.Message);
            await store.TryWriteAsync(claim with { RefreshingUntil = null, Version = claim.Version + 1 });
            throw;
        }

        LogExchanged();
        var tokens = claim with { AccessToken = pair.AccessToken, RefreshToken = pair.RefreshToken, RefreshingUntil = null };
        return await KeepAsync(tokens, expired: claim.AccessToken);
    }

    /// <summary>Stores new tokens however long it takes, since the old ones are used up.</summary>
    private async Task<StoredTokens> KeepAsync(StoredTokens tokens, string expired)
    {
        while (true)
        {
            try
            {
                // The entry is this instance's claim, unless another took over when the lease ended.
                var stored = await FindAsync();
                var next = tokens with { Version = stored.Version + 1 };
                if (stored.AccessToken != expired || await store.TryWriteAsync(next))
                {
                    return stored.AccessToken != expired ? stored : next;
                }
            }
            catch (FailureException failure)
            {
                LogNotKept(failure, StoreRetryDelay);
                await Task.Delay(StoreRetryDelay, time);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "TikTok Shop's access token had expired and was exchanged for a new one")]
    private partial void LogExchanged();

    [LoggerMessage(Level = LogLevel.Error, Message = "TikTok Shop's access token has expired and wasn't exchanged: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "TikTok Shop's new tokens can't be kept yet, and are lost should this process end now; trying again in {Pause}")]
    private partial void LogNotKept(Exception failure, TimeSpan pause);
}
