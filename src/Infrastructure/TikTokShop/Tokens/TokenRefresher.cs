using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Shares tokens; the lease's holder exchanges them.</summary>
internal sealed partial class TokenRefresher(
    IRecordStore store, TokenExchange exchange, TikTokShopOptions options, TimeProvider time, ILogger<TokenRefresher> logger)
{
    /// <summary>Longer than an exchange may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeaseWaitTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoreRetryDelay = TimeSpan.FromSeconds(1);
    private readonly Records<StoredTokens> records = new(store, RecordKinds.TikTokShopTokens);

    /// <summary>Digest, so that new authorizations begin new entries.</summary>
    private readonly string key = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{options.AppKey}\n{options.RefreshToken}")));

    private readonly UnchangedTime unchanged = new(time);

    /// <summary>Reads stored tokens, else the configured ones.</summary>
    public async Task<StoredTokens> FindAsync() => (await FindRecordAsync()).Value;

    /// <summary>Replaces the tokens of an expired access token.</summary>
    /// <returns>The tokens, and true when this instance exchanged them.</returns>
    public async Task<(StoredTokens Tokens, bool IsNew)> RefreshAsync(string expired)
    {
        long? start = null;
        while (true)
        {
            var stored = await FindRecordAsync();
            if (stored.Value.AccessToken != expired)
            {
                return (stored.Value, IsNew: false);
            }

            if (LeaseLeft(stored) is { Ticks: > 0 } left)
            {
                start ??= time.GetTimestamp();
                await (time.GetElapsedTime(start.Value) < LeaseWaitTimeout ? Task.Delay(PollInterval, time) : throw Leased(left));
            }
            else if (await PutAsync(stored, stored.Value with { RefreshingUntil = time.GetUtcNow() + Lease }) is { } claim)
            {
                return (await ExchangeAsync(claim), IsNew: true);
            }
        }
    }

    /// <summary>Time until another process's lease counts as over.</summary>
    private TimeSpan LeaseLeft(Record<StoredTokens> stored) =>
        stored.Value.RefreshingUntil is null ? TimeSpan.Zero : Lease - unchanged.Of(stored.Version);

    private static FailureException Leased(TimeSpan left) => new(
        FailureCode.TicketSourceUnavailable,
        "TikTok Shop's access token has expired, and the process that was to exchange it isn't done, or ended.")
    {
        RetryAfter = left,
    };

    private async Task<Record<StoredTokens>> FindRecordAsync() => await records.FindAsync(key) ?? new()
    {
        Key = key,
        Value = new() { AccessToken = options.AccessToken, RefreshToken = options.RefreshToken },
    };

    /// <returns>The new record; null where another process was first.</returns>
    private async Task<Record<StoredTokens>?> PutAsync(Record<StoredTokens> present, StoredTokens next)
    {
        var record = present with { Value = next };
        if (present.Version is not null)
        {
            return await records.PutIfVersionAsync(record);
        }

        var (first, isNew) = await records.PutIfAbsentAsync(record);
        return isNew ? first : null;
    }

    private async Task<StoredTokens> ExchangeAsync(Record<StoredTokens> claim)
    {
        TokenPair pair;
        try
        {
            pair = await exchange.RunAsync(claim.Value.RefreshToken);
        }
        catch (FailureException failure)
        {
            LogFailed(failure.Message);
            await PutAsync(claim, claim.Value with { RefreshingUntil = null });
            throw;
        }

        LogExchanged();
        return await KeepAsync(new() { AccessToken = pair.AccessToken, RefreshToken = pair.RefreshToken }, claim.Value.AccessToken);
    }

    /// <summary>Stores tokens, retrying forever: old ones are spent.</summary>
    private async Task<StoredTokens> KeepAsync(StoredTokens tokens, string expired)
    {
        while (true)
        {
            try
            {
                // Still this instance's claim, unless another took over at the end of the lease.
                var stored = await FindRecordAsync();
                if (stored.Value.AccessToken != expired)
                {
                    return stored.Value;
                }

                if (await PutAsync(stored, tokens) is not null)
                {
                    return tokens;
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
