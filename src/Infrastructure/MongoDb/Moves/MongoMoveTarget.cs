using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Database that is filled behind its own fence, so that no service writes to it before the end.</summary>
internal sealed class MongoMoveTarget(
    MongoDatabase database, MovedCollections collections, MoveMarks marks, MongoFence fence, MongoIndexes indexes, EventSequence sequence,
    EventEpoch epochs, CounterDocument counter)
    : IMoveTarget
{
    /// <summary>In the place of the run in the mark, once the move is finished.</summary>
    private const string Finished = "finished";
    private static readonly FilterDefinition<BsonDocument> Any = FilterDefinition<BsonDocument>.Empty;

    private MoveRun? mine;

    public string Name => collections.Name;

    public async Task<TargetState> GetStateAsync(string epoch, CancellationToken cancellationToken) =>
        await marks.FindMarkAsync(cancellationToken) is { } mark
            ? mark.Epoch != epoch ? TargetState.Used : mark.Id == Finished ? TargetState.Finished : TargetState.Begun
        : await epochs.FindNameAsync() == epoch ? TargetState.Finished
        : await IsUsedAsync(cancellationToken).OrUnavailableAsync() ? TargetState.Used
        : TargetState.Empty;

    public Task BeginAsync(MoveRun run, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        if (await marks.FindMarkAsync(cancellationToken) is null)
        {
            await indexes.CreateAsync(cancellationToken);
            await sequence.PrepareAsync(cancellationToken);
            await marks.FenceAsync(cancellationToken);

            // A service may have written until the fence.
            if (await IsUsedAsync(cancellationToken))
            {
                await marks.ReleaseAsync(cancellationToken);
                throw new MoveException($"{Name} has been used since this began.");
            }
        }

        await marks.PutMarkAsync(run, cancellationToken);
        mine = run;
    });

    public async Task<bool> IsTakenOverAsync(MoveRun run, CancellationToken cancellationToken) =>
        await marks.FindMarkAsync(cancellationToken) != run;

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) => collections.CountIssuesAsync(cancellationToken);

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        MovedDocuments.FindAsync(database.Issues, ids, cancellationToken).OrUnavailableAsync();

    public Task WriteIssuesAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken) =>
        WriteAsync(
            () => MovedCollections.PutAsync(database.Issues, issues.Select(MovedDocuments.Write), cancellationToken), cancellationToken);

    public async Task<long> GetLastEventAsync(CancellationToken cancellationToken)
    {
        var last = sequence.Events.Find(Any).Sort(new BsonDocument(FieldNames.Id, -1)).FirstOrDefaultAsync(cancellationToken);
        return (await last.OrUnavailableAsync())?[FieldNames.Id].ToInt64() ?? 0;
    }

    public Task WriteEventsAsync(IReadOnlyList<MovedEvent> events, CancellationToken cancellationToken) => WriteAsync(
        () => sequence.Events.InsertManyAsync(
            events.Select(EventDocument.From), new InsertManyOptions { BypassDocumentValidation = true }, cancellationToken),
        cancellationToken);

    public Task RemoveRecordsAsync(CancellationToken cancellationToken) =>
        WriteAsync(() => collections.RemoveRecordsAsync(cancellationToken), cancellationToken);

    public Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken) =>
        WriteAsync(() => collections.WriteRecordsAsync(records, cancellationToken), cancellationToken);

    public Task FinishAsync(MoveRun run, long highest, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        await counter.RaiseAsync(highest, cancellationToken);
        if (!await marks.ReplaceMarkAsync(run, run with { Id = Finished }, cancellationToken))
        {
            throw MoveException.TakenOver();
        }
    });

    // The issues last: until then no service has events of its own.
    public Task OpenAsync(string epoch, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        if ((await marks.FindMarkAsync(cancellationToken))?.Id == Finished)
        {
            await fence.ReleaseAsync(MovedCollections.OfLogAndRecords, cancellationToken);
            await epochs.SetAsync(epoch, cancellationToken);
            await fence.ReleaseAsync(collections.OfIssues, cancellationToken);
            await marks.RemoveMarkAsync(cancellationToken);
        }
    });

    private static Task<bool> OrUnavailableAsync(Func<Task> work)
    {
        return RunAsync().OrUnavailableAsync();

        async Task<bool> RunAsync()
        {
            await work();
            return true;
        }
    }

    private Task<bool> WriteAsync(Func<Task> work, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        await (await marks.FindMarkAsync(cancellationToken) == mine ? work() : throw MoveException.TakenOver());
    });

    private async Task<bool> IsUsedAsync(CancellationToken cancellationToken) =>
        await database.Issues.Find(Any).AnyAsync(cancellationToken)
        || await sequence.Events.Find(Any).AnyAsync(cancellationToken)
        || await collections.HasRecordsAsync(cancellationToken);
}
