using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

internal sealed class MongoIssueRepair(MongoDatabase database) : IIssueRepair
{
    /// <summary>Documents that one query looks through: no index helps it, and it must end before its timeout.</summary>
    private const int BatchSize = 1_000;
    private const int MaxTries = 5;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument ById = new(FieldNames.Id, 1);

    public async IAsyncEnumerable<RepairBatch> RunAsync(bool apply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = Where.Gte(FieldNames.Id, ObjectId.Empty);
        while (await IdsAsync(rest, cancellationToken).OrUnavailableAsync() is [.., var last] ids)
        {
            var batch = rest & Where.Lte(FieldNames.Id, last);
            yield return new RepairBatch(ids.Count, await RepairAsync(batch, apply, cancellationToken).OrUnavailableAsync());
            rest = Where.Gt(FieldNames.Id, last);
        }

        using var others = await database.Issues.Find(RepairQuery.HasOtherId).Project(ById)
            .ToCursorAsync(cancellationToken).OrUnavailableAsync();
        while (await others.MoveNextAsync(cancellationToken).OrUnavailableAsync())
        {
            var found = others.Current.Select(document => new DocumentRepair(document).Result).ToList();
            yield return new RepairBatch(found.Count, found);
        }
    }

    private async Task<IReadOnlyList<BsonValue>> IdsAsync(FilterDefinition<BsonDocument> rest, CancellationToken cancellationToken)
    {
        var ids = await database.Issues.Find(rest).Sort(ById).Limit(BatchSize).Project(ById).ToListAsync(cancellationToken);
        return ids.ConvertAll(document => document[FieldNames.Id]);
    }

    private async Task<IReadOnlyList<RepairedIssue>> RepairAsync(
        FilterDefinition<BsonDocument> batch, bool apply, CancellationToken cancellationToken)
    {
        var found = new List<RepairedIssue>();
        using var candidates = await database.Issues.Find(batch & RepairQuery.Candidates)
            .Sort(ById).Project(RepairQuery.Fields).ToCursorAsync(cancellationToken);
        while (await candidates.MoveNextAsync(cancellationToken))
        {
            foreach (var document in candidates.Current)
            {
                if (await RepairAsync(document, apply, cancellationToken) is { } issue)
                {
                    found.Add(issue);
                }
            }
        }

        return found;
    }

    /// <summary>Repairs a document; null if it needs none.</summary>
    private async Task<RepairedIssue?> RepairAsync(BsonDocument document, bool apply, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var repair = new DocumentRepair(document);
            var issue = repair.Result;
            if (issue.Changes.Count == 0)
            {
                return issue.NotUnderstood.Count > 0 ? issue : null;
            }

            if (repair.IssueId is { } issueId && await HasIssueIdAsync(issueId, cancellationToken))
            {
                return issue with { Obstacle = "another issue has its number" };
            }

            if (!apply)
            {
                return issue;
            }

            if (tries == MaxTries)
            {
                return issue with { Obstacle = "others kept changing it" };
            }

            try
            {
                if ((await database.Issues.UpdateOneAsync(repair.Condition, repair.Update, null, cancellationToken)).MatchedCount > 0)
                {
                    return issue;
                }
            }
            catch (MongoWriteException exception) when (exception.WriteError is { } error && !MongoFailures.IsUnavailable(exception))
            {
                // The server's message has values of the issue in it.
                return issue with { Obstacle = $"MongoDB refuses it ({error.Category}, code {error.Code})" };
            }

            if (await CurrentAsync(document[FieldNames.Id], cancellationToken) is not { } current)
            {
                return null;
            }

            document = current;
        }
    }

    /// <summary>Looks for an issue with this value for a number; false without an index, since that would read all issues.</summary>
    // A unique index takes 1600001 as a number and as a text for two.
    private async Task<bool> HasIssueIdAsync(BsonValue issueId, CancellationToken cancellationToken)
    {
        var byIssueId = new FindOptions { Hint = new BsonDocument(IssueField.IssueId.Name, 1) };
        try
        {
            return await database.Issues.Find(new BsonDocument(IssueField.IssueId.Name, issueId), byIssueId).AnyAsync(cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            return false;
        }
    }

    private async Task<BsonDocument?> CurrentAsync(BsonValue id, CancellationToken cancellationToken) =>
        await database.Issues.Find(Where.Eq(FieldNames.Id, id)).Project(RepairQuery.Fields).FirstOrDefaultAsync(cancellationToken);
}
