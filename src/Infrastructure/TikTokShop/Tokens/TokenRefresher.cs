using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>
/// The tokens that all processes share. Expired ones are exchanged once: the one does that is the first to write into the store that it is at it.
/// </summary>
internal sealed partial class TokenRefresher(
    ITikTokShopTokenStore store, TokenExchange exchange, TikTokShopOptions options, TimeProvider time, ILogger<TokenRefresher> logger)
{
    /// <summary>How long the others wait for a process that is at it: longer than an exchange may take. After that it counts as ended.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How often they look whether it is done.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a look-up waits for that: an exchange under way takes less, mostly, and one that ended doesn't come back.</summary>
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseToKeep = TimeSpan.FromSeconds(1);

    /// <summary>Of the tokens that are configured, so that those of a new authorization take the place of what came of these.</summary>
    private readonly string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.AppKey}\n{options.RefreshToken}")));

    /// <summary>Those in the store; until there are any, those that are configured.</summary>
    public async Task<StoredTokens> FindAsync() => await store.FindAsync(id)
        ?? new() { Id = id, AccessToken = options.AccessToken, RefreshToken = options.RefreshToken, Version = 0 };

    /// <summary>Those that take the place of the ones with this access token.</summary>
    /// <returns>And whether this process got them just now.</returns>
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
                await (now - start < WaitTimeout ? Task.Delay(Pause, time) : throw AtIt(left));
            }
            else if (await store.TryWriteAsync(claim))
            {
                return (await ExchangeAsync(claim), IsNew: true);
            }
        }
    }

    private static FailureException AtIt(TimeSpan left) => new(
        FailureCode.TicketSourceUnavailable, "TikTok Shop's access token has expired, and the process that was to exchange it isn't done, or ended.")
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
        return await KeepAsync(claim with { AccessToken = pair.AccessToken, RefreshToken = pair.RefreshToken, RefreshingUntil = null }, claim.AccessToken);
    }

    /// <summary>However long it takes: those before are used up.</summary>
    private async Task<StoredTokens> KeepAsync(StoredTokens tokens, string expired)
    {
        while (true)
        {
            try
            {
                // What is there is this process's claim, unless another one took this one for ended.
                var stored = await FindAsync();
                var next = tokens with { Version = stored.Version + 1 };
                if (stored.AccessToken != expired || await store.TryWriteAsync(next))
                {
                    return stored.AccessToken != expired ? stored : next;
                }
            }
            catch (FailureException failure)
            {
                LogNotKept(failure, PauseToKeep);
                await Task.Delay(PauseToKeep, time);
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
