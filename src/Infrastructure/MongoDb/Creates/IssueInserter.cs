using System.Text.RegularExpressions;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Creates;

/// <summary>Adds an issue once, under a number that no other has.</summary>
internal sealed partial class IssueInserter(
    MongoIssueReader reader, IssueCounter counter, GroupedInserts inserts, TimeProvider time)
{
    private const string IdIndex = "_id_";
    private const int MaxTries = 10;
    private const int MaxReads = 10;
    private static readonly TimeSpan PauseBetweenReads = TimeSpan.FromMilliseconds(200);

    public async Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            try
            {
                return new AddedIssue(await inserts.InsertAsync(issue, cancellationToken), IsNew: true);
            }
            catch (MongoWriteException exception) when (IsDuplicate(exception) && IsOfNumber(exception.WriteError.Message))
            {
                counter.Distrust();
            }
            catch (MongoWriteException exception) when (IsDuplicate(exception))
            {
                return new AddedIssue(await PresentAsync(issue.Id, exception, cancellationToken), IsNew: false);
            }
        }

        throw FailureException.Overloaded("Others kept taking the numbers of issues.");
    }

    private static bool IsDuplicate(MongoWriteException exception) => exception.WriteError?.Category == ServerErrorCategory.DuplicateKey;

    // The driver keeps the error's keyPattern to itself: its message names the index and the fields.
    private static bool IsOfNumber(string message) =>
        IndexIn(message) == $"{IssueField.IssueId}_1" || message.Contains($"dup key: {{ {IssueField.IssueId}: ", StringComparison.Ordinal);

    private static string IndexIn(string message) => IndexName().Match(message).Groups[1].Value;

    [GeneratedRegex(@"\bindex:? '?([^ ']+)", RegexOptions.IgnoreCase)]
    private static partial Regex IndexName();

    /// <summary>Reads the issue that is there already, once nothing can undo it.</summary>
    private async Task<OrderIssue> PresentAsync(EntityId id, MongoWriteException exception, CancellationToken cancellationToken)
    {
        for (var reads = 1; ; reads++)
        {
            if (await reader.FindOfMajorityAsync(IssueQuery.HasId(id), cancellationToken) is { } issue)
            {
                return issue;
            }

            if (IndexIn(exception.WriteError.Message) != IdIndex)
            {
                throw new FailureException(
                    FailureCode.ValidationFailed,
                    "Another issue has the same value in a field that an index of the database keeps unique.");
            }

            if (reads == MaxReads)
            {
                throw FailureException.StoreUnavailable(exception);
            }

            await Task.Delay(PauseBetweenReads, time, cancellationToken);
        }
    }
}
