using MongoDB.Bson;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.MongoDb.Records;

/// <summary>Layout of idempotency keys. Earlier versions of the service drop the version of a document that they replace.</summary>
internal class IdempotencyLayout(Dictionary<string, BsonType> fields) : FieldLayout("idempotencykeys", fields)
{
    protected const string Fingerprint = "fingerprint";
    protected const string TargetId = "targetId";
    protected const string LeaseUntil = "leaseUntil";

    public IdempotencyLayout()
        : this(new() { [Fingerprint] = BsonType.String, [TargetId] = BsonType.ObjectId, [LeaseUntil] = BsonType.DateTime })
    {
    }

    protected override string[] VersionFields => [Version, TargetId, LeaseUntil, ExpiresAt];
}

/// <summary>Layout of the one issue of a ticket, which looks like a key whose lease is over.</summary>
internal sealed class TicketIssueLayout() : IdempotencyLayout(new() { [TargetId] = BsonType.ObjectId })
{
    /// <summary>Parentheses keep it distinct from every key.</summary>
    private const string Prefix = "/(ticket)/";

    public override BsonValue IdOf(string kind, string key) => Prefix + key;

    protected override void AddContent(BsonDocument document, StoredRecord record)
    {
        base.AddContent(document, record);
        document.Add(Fingerprint, "").Add(LeaseUntil, new BsonDateTime(0));
    }
}

/// <summary>Layout of TikTok Shop's tokens, whose version goes up by one with every write and is given by a random number.</summary>
internal sealed class TokenLayout() : FieldLayout(
    "tiktokshoptokens",
    new() { ["accessToken"] = BsonType.String, ["refreshToken"] = BsonType.String, ["refreshingUntil"] = BsonType.DateTime })
{
    /// <summary>Random number, since another instance may write the same tokens with the same version.</summary>
    private const string Write = "write";

    protected override string[] VersionFields => [Version, Write];

    protected override BsonDocument NextVersion(BsonDocument? current) => new()
    {
        { Version, (current?[Version].ToInt64() ?? 0) + 1 },
        { Write, new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.Standard) },
    };
}
