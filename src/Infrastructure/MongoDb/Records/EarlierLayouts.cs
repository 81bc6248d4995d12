using MongoDB.Bson;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.MongoDb.Records;

internal class IdempotencyLayout(Dictionary<string, BsonType> fields) : FieldLayout("idempotencykeys", fields)
{
    protected const string Fingerprint = "fingerprint";
    protected const string TargetId = "targetId";
    protected const string LeaseUntil = "leaseUntil";

    public IdempotencyLayout()
        : this(new() { [Fingerprint] = BsonType.String, [TargetId] = BsonType.ObjectId, [LeaseUntil] = BsonType.DateTime })
    {
    }

    public override string? KeyOf(string id) => id.StartsWith(TicketIssueLayout.Prefix, StringComparison.Ordinal) ? null : id;

    // Earlier releases write no version field, so a change shows in the other fields.
    protected override string[] VersionFields => [Version, TargetId, LeaseUntil, ExpiresAt];
}

/// <summary>Issue of a ticket, stored as an expired key.</summary>
internal sealed class TicketIssueLayout() : IdempotencyLayout(new() { [TargetId] = BsonType.ObjectId })
{
    /// <summary>Parentheses, which no key has.</summary>
    public const string Prefix = "/(ticket)/";

    public override BsonValue IdOf(string kind, string key) => Prefix + key;

    public override string? KeyOf(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : null;

    protected override void AddContent(BsonDocument document, StoredRecord record)
    {
        base.AddContent(document, record);
        document.Add(Fingerprint, "").Add(LeaseUntil, new BsonDateTime(0));
    }
}

internal sealed class TokenLayout() : FieldLayout(
    "tiktokshoptokens",
    new() { ["accessToken"] = BsonType.String, ["refreshToken"] = BsonType.String, ["refreshingUntil"] = BsonType.DateTime })
{
    /// <summary>Random number that tells equal writes apart.</summary>
    private const string Write = "write";

    protected override string[] VersionFields => [Version, Write];

    protected override BsonDocument NextVersion(BsonDocument? current) => new()
    {
        { Version, (current?[Version].ToInt64() ?? 0) + 1 },
        { Write, new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.Standard) },
    };
}
