using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>
/// The collection <see cref="MongoDatabase.IdempotencyKeys"/>, which the server removes expired documents from by itself.
/// </summary>
internal sealed class MongoIdempotencyRecords(MongoDatabase database) : IIdempotencyRecords
{
    public const string ExpiresAt = "expiresAt";
    private const string Fingerprint = "fingerprint";
    private const string TargetId = "targetId";
    private const string LeaseUntil = "leaseUntil";
    private const string Answer = "answer";
    private const int MaxTries = 3;

    public Task<IdempotencyRecord?> AddAsync(IdempotencyRecord record, DateTimeOffset now) => InsertAsync(record, now).OrUnavailableAsync();

    public Task<bool> TryReplaceAsync(IdempotencyRecord record, IdempotencyRecord replacement) => ReplaceAsync(record, replacement).OrUnavailableAsync();

    public Task RemoveAsync(IdempotencyRecord record) => database.IdempotencyKeys.DeleteOneAsync(Same(record)).OrUnavailableAsync();

    private static BsonDocument Same(IdempotencyRecord record) => new()
    {
        { FieldNames.Id, record.Key },
        { TargetId, FieldValues.Write(record.TargetId) },
        { LeaseUntil, FieldValues.Write(record.LeaseUntil) },
    };

    private static BsonDocument DocumentOf(IdempotencyRecord record)
    {
        var document = Same(record).Add(Fingerprint, record.Fingerprint).Add(ExpiresAt, FieldValues.Write(record.ExpiresAt));
        return record.Answer is { } answer ? document.Add(Answer, new BsonBinaryData(answer)) : document;
    }

    private static IdempotencyRecord Read(BsonDocument document) => new()
    {
        Key = document[FieldNames.Id].AsString,
        Fingerprint = document[Fingerprint].AsString,
        TargetId = EntityId.Parse(document[TargetId].AsObjectId.ToString()),
        LeaseUntil = BsonValues.Time(document[LeaseUntil])!.Value,
        ExpiresAt = BsonValues.Time(document[ExpiresAt])!.Value,
        Answer = document.GetValue(Answer, null)?.AsByteArray,
    };

    /// <summary>
    /// One replacement does it all: it finds none but an expired document, and the insert in the place of none fails where there is
    /// another.
    /// </summary>
    private async Task<IdempotencyRecord?> InsertAsync(IdempotencyRecord record, DateTimeOffset now)
    {
        var expired = new BsonDocument { { FieldNames.Id, record.Key }, { ExpiresAt, new BsonDocument("$lte", FieldValues.Write(now)) } };
        for (var tries = 1; ; tries++)
        {
            try
            {
                await database.IdempotencyKeys.ReplaceOneAsync(expired, DocumentOf(record), new ReplaceOptions { IsUpsert = true });
                return null;
            }
            catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                // It may be gone by now: its request was refused.
                if (await database.IdempotencyKeys.Find(new BsonDocument(FieldNames.Id, record.Key)).FirstOrDefaultAsync() is { } present)
                {
                    return Read(present);
                }

                if (tries == MaxTries)
                {
                    throw MongoFailures.Unavailable(exception);
                }
            }
        }
    }

    private async Task<bool> ReplaceAsync(IdempotencyRecord record, IdempotencyRecord replacement)
    {
        var result = await database.IdempotencyKeys.ReplaceOneAsync(Same(record), DocumentOf(replacement));
        return result.MatchedCount == 1;
    }
}
