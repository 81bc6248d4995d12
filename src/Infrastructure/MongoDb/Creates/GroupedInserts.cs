using System.Threading.Channels;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Creates;

/// <summary>Numbers and inserts issues that come in together by two commands, each answered by itself.</summary>
// While a group is on its way, those that come in wait for the next one.
internal sealed class GroupedInserts : IDisposable
{
    // A message of the protocol has at most 48 MB and 100,000 documents.
    private const int MaxIssues = 500;
    private const int MaxBytes = 8 * 1024 * 1024;

    // Fewer than the requests in progress, so that reads go on while the server is stuck.
    private const int MaxWaiting = 512;
    private static readonly InsertManyOptions Unordered = new() { IsOrdered = false };

    private readonly MongoDatabase database;
    private readonly IssueCounter counter;
    private readonly Channel<WaitingInsert> queue =
        Channel.CreateBounded<WaitingInsert>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public GroupedInserts(MongoDatabase database, IssueCounter counter)
    {
        this.database = database;
        this.counter = counter;
        Task.Run(InsertAllAsync);
    }

    /// <summary>Inserts an issue under the next number.</summary>
    /// <remarks>A caller that goes away leaves the issue to its group, unless it is still waiting for one.</remarks>
    /// <exception cref="MongoWriteException">The server refused this issue alone.</exception>
    public Task<OrderIssue> InsertAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        var insert = new WaitingInsert(issue, cancellationToken);
        return queue.Writer.TryWrite(insert)
            ? insert.Result.WaitAsync(cancellationToken)
            : throw FailureException.Overloaded("More issues are waiting than the store can take.");
    }

    public void Dispose() => queue.Writer.TryComplete();

    private async Task InsertAllAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            if (NextGroup() is { Count: > 0 } group)
            {
                await InsertTogetherAsync(group);
            }
        }
    }

    private List<WaitingInsert> NextGroup()
    {
        var group = new List<WaitingInsert>();
        var bytes = 0;
        while (group.Count < MaxIssues && queue.Reader.TryPeek(out var next) && (group.Count == 0 || bytes + next.Bytes <= MaxBytes))
        {
            queue.Reader.TryRead(out _);
            if (!next.IsCancelled)
            {
                group.Add(next);
                bytes += next.Bytes;
            }
        }

        return group;
    }

    private async Task InsertTogetherAsync(List<WaitingInsert> group)
    {
        try
        {
            var first = await counter.NextAsync(group.Count);
            var documents = group.Select((insert, i) => insert.Numbered(first + i)).ToList();
            await database.Issues.InsertManyAsync(documents, Unordered);
        }
        catch (MongoBulkWriteException<BsonDocument> exception) when (exception.WriteConcernError is null)
        {
            foreach (var error in exception.WriteErrors)
            {
                group[error.Index].Fail(new MongoWriteException(exception.ConnectionId, error, null, exception));
            }
        }
        catch (MongoBulkWriteException exception)
        {
            // What isn't on the disks of a majority may be rolled back.
            group.ForEach(insert => insert.Fail(FailureException.StoreUnavailable(exception)));
        }
        catch (Exception exception)
        {
            while (exception is TimeoutException && queue.Reader.TryRead(out var waiting))
            {
                // It has waited for the same server.
                group.Add(waiting);
            }

            group.ForEach(insert => insert.Fail(exception));
        }

        group.ForEach(insert => insert.Acknowledge());
    }

    private sealed class WaitingInsert
    {
        private readonly TaskCompletionSource<OrderIssue> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly BsonDocument document;
        private readonly CancellationToken cancellationToken;
        private OrderIssue issue;

        public WaitingInsert(OrderIssue issue, CancellationToken cancellationToken)
        {
            // The number takes its place among the fields before it is known.
            document = IssueDocument.From(issue with { IssueId = "" });
            Bytes = document.ToBson().Length;
            this.issue = issue;
            this.cancellationToken = cancellationToken;
        }

        /// <summary>Size of the document without its number.</summary>
        public int Bytes { get; }

        public bool IsCancelled => cancellationToken.IsCancellationRequested;

        public Task<OrderIssue> Result => done.Task;

        public BsonDocument Numbered(long number)
        {
            var issueId = number.ToString(CultureInfo.InvariantCulture);
            issue = issue with { IssueId = issueId, StoredBytes = Bytes + issueId.Length };
            document[IssueField.IssueId.Name] = issueId;
            return document;
        }

        public void Fail(Exception exception) => done.TrySetException(exception);

        /// <summary>Reports success, unless it failed.</summary>
        public void Acknowledge() => done.TrySetResult(issue);
    }
}
