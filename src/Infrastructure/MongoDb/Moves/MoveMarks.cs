using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Records;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Notes of moves out of the database and into it, and the fence that goes with them.</summary>
internal sealed class MoveMarks(MongoDatabase database, MovedCollections collections, MongoFence fence)
{
    private const string Epoch = "content";
    private const string Run = "run";
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FilterDefinition<BsonDocument> IsMark = Where.Eq(FieldNames.Id, MarkId);
    private static readonly FilterDefinition<BsonDocument> IsFence = Where.Eq(FieldNames.Id, FenceId);

    private static BsonDocument MarkOf(MoveRun run) => new() { { FieldNames.Id, MarkId }, { Epoch, run.Epoch }, { Run, run.Id } };

    private static BsonDocument FenceId => CommonLayout.IdOf(MovedRecords.Mark, "source");

    private static BsonDocument MarkId => CommonLayout.IdOf(MovedRecords.Mark, "target");

    private IReadOnlyList<string> All => [.. collections.OfIssues, .. MovedCollections.OfLogAndRecords];

    private IMongoCollection<BsonDocument> Marks => database.Database.GetCollection<BsonDocument>(new CommonLayout().Collection);

    /// <summary>True from the beginning of <see cref="NoteFenceAsync"/> until it is released.</summary>
    public Task<bool> IsFencedAsync(CancellationToken cancellationToken) =>
        Marks.Find(IsFence).AnyAsync(cancellationToken).OrUnavailableAsync();

    /// <summary>Notes that the collections get a fence, before they do.</summary>
    public Task NoteFenceAsync(CancellationToken cancellationToken) => Marks.ReplaceOneAsync(
        IsFence, new BsonDocument(FieldNames.Id, FenceId), new ReplaceOptions { IsUpsert = true }, cancellationToken);

    public Task FenceAsync(CancellationToken cancellationToken) => fence.SetAsync(All, cancellationToken);

    /// <summary>Run that fills this database; null for none.</summary>
    public async Task<MoveRun?> FindMarkAsync(CancellationToken cancellationToken) =>
        await Marks.Find(IsMark).FirstOrDefaultAsync(cancellationToken).OrUnavailableAsync() is { } mark
            ? new MoveRun(mark[Epoch].AsString, mark[Run].AsString)
            : null;

    /// <summary>Puts the mark of a run in the place of that of an earlier one.</summary>
    public Task PutMarkAsync(MoveRun run, CancellationToken cancellationToken) => Marks.ReplaceOneAsync(
        IsMark, MarkOf(run), new ReplaceOptions { IsUpsert = true, BypassDocumentValidation = true }, cancellationToken);

    /// <summary>Replaces the mark of a run; false where it is that of another one.</summary>
    public async Task<bool> ReplaceMarkAsync(MoveRun run, MoveRun next, CancellationToken cancellationToken)
    {
        var options = new ReplaceOptions { BypassDocumentValidation = true };
        return (await Marks.ReplaceOneAsync(IsMark & Where.Eq(Run, run.Id), MarkOf(next), options, cancellationToken)).MatchedCount == 1;
    }

    public Task RemoveMarkAsync(CancellationToken cancellationToken) => Marks.DeleteOneAsync(IsMark, cancellationToken);

    /// <exception cref="MoveException">A move into the database isn't finished.</exception>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (await FindMarkAsync(cancellationToken) is not null)
        {
            throw new MoveException($"The move into {collections.Name} isn't finished: run it again, or drop its collections.");
        }

        var hadFence = await fence.ReleaseAsync(All, cancellationToken).OrUnavailableAsync();
        var noted = await Marks.DeleteOneAsync(IsFence, cancellationToken).OrUnavailableAsync();
        return hadFence || noted.DeletedCount > 0;
    }
}
