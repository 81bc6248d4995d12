using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>What is asked about the issues in a MongoDB collection.</summary>
internal sealed class MongoOrderIssueQueries(MongoIssueReader reader) : IOrderIssueQueries
{
    public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) =>
        HistoryAsync(issueId, cancellationToken).OrUnavailableAsync();

    private async Task<IReadOnlyList<HistoryEntry>?> HistoryAsync(string issueId, CancellationToken cancellationToken) =>
        await reader.FirstAsync(new BsonDocument(Fields.IssueId, BsonValues.Matching(issueId)), cancellationToken) is { } document
            ? HistoryDocument.ToEntries(document)
            : null;
}
