namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>
/// Where tokens are kept, which is where the issues are, so that instances share them and a restart doesn't lose them. Nothing can be called off. A store
/// that can't be reached fails with <c>store_unavailable</c>.
/// </summary>
internal interface ITikTokShopTokenStore
{
    /// <returns>Null where none are stored under that id.</returns>
    /// <exception cref="FailureException">The store can't be reached.</exception>
    Task<StoredTokens?> FindAsync(string id);

    /// <summary>
    /// Puts the tokens in the place of those of the same id, if what is there has the version before; none counts as version 0. One atomic operation, whose
    /// effect is on the disk when it returns. Of two that write the same, one does.
    /// </summary>
    /// <returns>Whether it did.</returns>
    /// <exception cref="FailureException">The store can't be reached. Nobody knows whether it did.</exception>
    Task<bool> TryWriteAsync(StoredTokens tokens);
}
