using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

internal sealed class MongoIssueRepair(MongoDatabase database, IssueTypes types) : IIssueRepair
{
    /// <summary>Documents that one query looks through: no index helps it, and it must end before its timeout.</summary>
    private const int BatchSize = 1_000;
    private const int MaxTries = 5;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument ById = new(FieldNames.Id, 1);

    public async IAsyncEnumerable<RepairBatch> RunAsync(bool apply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Numbers that this run gives, or would give: a run that only tells can't find them in the store.
        var taken = new HashSet<BsonValue>();
        var rest = Where.Gte(FieldNames.Id, ObjectId.Empty);
        while (await IdsAsync(rest, cancellationToken).OrUnavailableAsync() is [.., var last] ids)
        {
            var batch = rest & Where.Lte(FieldNames.Id, last);
            yield return new RepairBatch(ids.Count, await RepairAsync(batch, taken, apply, cancellationToken).OrUnavailableAsync());
            rest = Where.Gt(FieldNames.Id, last);
        }

        using var others = await database.Issues.Find(RepairQuery.HasOtherId).Project(ById)
            .ToCursorAsync(cancellationToken).OrUnavailableAsync();
        while (await others.MoveNextAsync(cancellationToken).OrUnavailableAsync())
        {
            var found = others.Current.Select(document => new DocumentRepair(document, types).Result).ToList();
            yield return new RepairBatch(found.Count, found);
        }
    }

    private async Task<IReadOnlyList<BsonValue>> IdsAsync(FilterDefinition<BsonDocument> rest, CancellationToken cancellationToken)
    {
        var ids = await database.Issues.Find(rest).Sort(ById).Limit(BatchSize).Project(ById).ToListAsync(cancellationToken);
        return ids.ConvertAll(document => document[FieldNames.Id]);
    }

    private async Task<IReadOnlyList<RepairedIssue>> RepairAsync(
        FilterDefinition<BsonDocument> batch, HashSet<BsonValue> taken, bool apply, CancellationToken cancellationToken)
    {
        var found = new List<RepairedIssue>();
        using var candidates = await database.Issues.Find(batch & RepairQuery.Candidates(types))
            .Sort(ById).Project(RepairQuery.Fields).ToCursorAsync(cancellationToken);
        while (await candidates.MoveNextAsync(cancellationToken))
        {
            var documents = candidates.Current.ToList();
            var issueIds = documents.Select(document => new DocumentRepair(document, types).IssueId);
            taken.UnionWith(await StoredAsync(issueIds, cancellationToken));
            foreach (var document in documents)
            {
                if (await RepairAsync(document, taken, apply, cancellationToken) is { } issue)
                {
                    found.Add(issue);
                }
            }
        }

        return found;
    }

    /// <summary>Repairs a document; null if it needs none.</summary>
    private async Task<RepairedIssue?> RepairAsync(
        BsonDocument document, HashSet<BsonValue> taken, bool apply, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var repair = new DocumentRepair(document, types);
            var issue = repair.Result;
            if (issue.Changes.Count == 0)
            {
                return issue.NotUnderstood.Count > 0 ? issue : null;
            }

            if (tries == 0 && repair.IssueId is { } issueId && !taken.Add(issueId))
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

    /// <summary>Finds those of the numbers that issues have.</summary>
    // A unique index takes 1600001 as a number and as a text for two. Without an index this reads all issues, so it is one query for many.
    private async Task<IReadOnlyList<BsonValue>> StoredAsync(IEnumerable<BsonValue?> issueIds, CancellationToken cancellationToken)
    {
        var wanted = issueIds.OfType<BsonValue>().ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var field = IssueField.IssueId.Name;
        using var stored = await database.Issues.DistinctAsync<BsonValue>(field, Where.In(field, wanted), null, cancellationToken);
        return await stored.ToListAsync(cancellationToken);
    }

    private async Task<BsonDocument?> CurrentAsync(BsonValue id, CancellationToken cancellationToken) =>
        await database.Issues.Find(Where.Eq(FieldNames.Id, id)).Project(RepairQuery.Fields).FirstOrDefaultAsync(cancellationToken);
}
