using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>The collection <see cref="MongoDatabase.TikTokShopTokens"/>.</summary>
internal sealed class MongoTikTokShopTokenStore(MongoDatabase database) : ITikTokShopTokenStore
{
    private const string AccessToken = "accessToken";
    private const string RefreshToken = "refreshToken";
    private const string RefreshingUntil = "refreshingUntil";
    private const string Version = "version";

    /// <summary>
    /// A number that each write has for itself. The driver sends a write again whose answer was lost, which then finds what it wrote in its
    /// own place; another instance may have written the same.
    /// </summary>
    private const string Write = "write";

    public Task<StoredTokens?> FindAsync(string id) => ReadAsync(id).OrUnavailableAsync();

    public Task<bool> TryWriteAsync(StoredTokens tokens) => WriteAsync(tokens).OrUnavailableAsync();

    private static BsonDocument DocumentOf(StoredTokens tokens, BsonValue write) => new BsonDocument
    {
        { FieldNames.Id, tokens.Id },
        { AccessToken, tokens.AccessToken },
        { RefreshToken, tokens.RefreshToken },
        { RefreshingUntil, FieldValues.Write(tokens.RefreshingUntil) },
        { Version, tokens.Version },
        { Write, write },
    }.WithoutNulls();

    private async Task<StoredTokens?> ReadAsync(string id)
    {
        var document = await database.TikTokShopTokens.Find(new BsonDocument(FieldNames.Id, id)).FirstOrDefaultAsync();
        return document is null ? null : new StoredTokens
        {
            Id = id,
            AccessToken = document[AccessToken].AsString,
            RefreshToken = document[RefreshToken].AsString,
            RefreshingUntil = BsonValues.Time(document.GetValue(RefreshingUntil, null)),
            Version = document[Version].ToInt64(),
        };
    }

    private async Task<bool> WriteAsync(StoredTokens tokens)
    {
        var write = new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.Standard);
        var before = new BsonDocument { { FieldNames.Id, tokens.Id }, { Version, tokens.Version - 1 } };
        try
        {
            // Of version 0 there is none, so that the first are inserted, which fails where others are.
            var result = await database.TikTokShopTokens.ReplaceOneAsync(
                before, DocumentOf(tokens, write), new ReplaceOptions { IsUpsert = tokens.Version == 1 });
            if (result.MatchedCount == 1 || result.UpsertedId is not null)
            {
                return true;
            }
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Others are there, or these already.
        }

        return await database.TikTokShopTokens.Find(new BsonDocument { { FieldNames.Id, tokens.Id }, { Write, write } }).AnyAsync();
    }
}
