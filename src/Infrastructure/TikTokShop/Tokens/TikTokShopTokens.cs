using OrderIssues.Application.Common.Errors;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>
/// The access token, and the one that takes its place when it has expired. Callers at the same time share one exchange, and nobody who waits can call that
/// off, since the new tokens would be lost.
/// </summary>
internal sealed class TikTokShopTokens(SharedTokens shared)
{
    private readonly Lock key = new();
    private StoredTokens? current;
    private Task<string>? exchanging;

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

    private async Task<string> ExchangeOnceAsync(string expired)
    {
        try
        {
            current = await shared.OtherThanAsync(expired);
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
}
