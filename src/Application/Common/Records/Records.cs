namespace OrderIssues.Application.Common.Records;

/// <summary>Records of one kind, with typed content.</summary>
/// <typeparam name="T">Type of the content, which is stored as JSON.</typeparam>
public sealed class Records<T>(IRecordStore store, string kind)
{
    /// <inheritdoc cref="IRecordStore.FindAsync"/>
    public async Task<Record<T>?> FindAsync(string key) => await store.FindAsync(kind, key) is { } stored ? Typed(stored) : null;

    /// <inheritdoc cref="IRecordStore.PutIfAbsentAsync"/>
    public async Task<(Record<T> Record, bool IsNew)> PutIfAbsentAsync(Record<T> record)
    {
        var (stored, isNew) = await store.PutIfAbsentAsync(Stored(record));
        return (isNew ? record with { Version = stored.Version } : Typed(stored), isNew);
    }

    /// <inheritdoc cref="IRecordStore.PutIfVersionAsync"/>
    public async Task<Record<T>?> PutIfVersionAsync(Record<T> record) =>
        await store.PutIfVersionAsync(Stored(record)) is { } stored ? record with { Version = stored.Version } : null;

    /// <summary>Removes the stored record if it still has the version of <paramref name="record"/>.</summary>
    public Task RemoveAsync(Record<T> record) => store.RemoveAsync(kind, record.Key, record.Version!);

    /// <inheritdoc cref="IRecordStore.ListDueAsync"/>
    public async Task<IReadOnlyList<Record<T>>> ListDueAsync(DateTimeOffset until, int limit) =>
        [.. (await store.ListDueAsync(kind, until, limit)).Select(Typed)];

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
    /// <inheritdoc cref="StoredRecord.Key"/>
    public required string Key { get; init; }

    /// <inheritdoc cref="StoredRecord.Version"/>
    public string? Version { get; init; }

    /// <summary>The content.</summary>
    public required T Value { get; init; }

    /// <inheritdoc cref="StoredRecord.Attachment"/>
    public byte[]? Attachment { get; init; }

    /// <inheritdoc cref="StoredRecord.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc cref="StoredRecord.DueAt"/>
    public DateTimeOffset? DueAt { get; init; }
}
