namespace OrderIssues.Application.Common.Records;

/// <summary><see cref="IRecordStore"/> for one kind, with typed content.</summary>
public sealed class Records<T>(IRecordStore store, string kind)
{
    public async Task<Record<T>?> FindAsync(string key) => await store.FindAsync(kind, key) is { } stored ? Typed(stored) : null;

    public async Task<(Record<T> Record, bool IsNew)> PutIfAbsentAsync(Record<T> record)
    {
        var (stored, isNew) = await store.PutIfAbsentAsync(Stored(record));
        return (isNew ? record with { Version = stored.Version } : Typed(stored), isNew);
    }

    public async Task<Record<T>?> PutIfVersionAsync(Record<T> record) =>
        await store.PutIfVersionAsync(Stored(record)) is { } stored ? record with { Version = stored.Version } : null;

    public Task RemoveAsync(Record<T> record) => store.RemoveAsync(kind, record.Key, record.Version!);

    public async Task<IReadOnlyList<Record<T>>> ListDueAsync(DateTimeOffset until, int limit) =>
        [.. (await store.ListDueAsync(kind, until, limit)).Select(Typed)];

    public async Task<IReadOnlyList<Record<T>>> ListAsync(string? after, int limit) =>
        [.. (await store.ListAsync(kind, after, limit)).Select(Typed)];

    private static Record<T> Typed(StoredRecord stored) => new()
    {
        Key = stored.Key,
        Version = stored.Version,
        Value = RecordJson.Read<T>(stored.Content),
        Attachment = stored.Attachment,
        ExpiresAt = stored.ExpiresAt,
        DueAt = stored.DueAt,
    };

    private StoredRecord Stored(Record<T> record) => new()
    {
        Kind = kind,
        Key = record.Key,
        Version = record.Version,
        Content = RecordJson.Write(record.Value),
        Attachment = record.Attachment,
        ExpiresAt = record.ExpiresAt,
        DueAt = record.DueAt,
    };
}

/// <summary><see cref="StoredRecord"/> with typed content.</summary>
public sealed record Record<T>
{
    public required string Key { get; init; }
    public string? Version { get; init; }
    public required T Value { get; init; }
    public byte[]? Attachment { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}
