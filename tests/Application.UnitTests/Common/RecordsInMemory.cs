using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.UnitTests.Common;

/// <summary>Records in memory.</summary>
internal sealed class RecordsInMemory(TimeProvider time) : IRecordStore
{
    private readonly Lock access = new();
    private readonly Dictionary<(string Kind, string Key), StoredRecord> all = [];
    private int writes;

    /// <summary>Failure of replacements.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Number of replacements that failed.</summary>
    public int Refused { get; private set; }

    /// <summary>Chooses the replacements that fail.</summary>
    public Func<StoredRecord, bool> IsFaultOf { get; set; } = _ => true;

    public StoredRecord? Find(string kind, string key)
    {
        lock (access)
        {
            return all.GetValueOrDefault((kind, key)) is { } record && !(record.ExpiresAt <= time.GetUtcNow()) ? record : null;
        }
    }

    /// <summary>Writes as another process.</summary>
    public StoredRecord Put(StoredRecord record)
    {
        lock (access)
        {
            return all[(record.Kind, record.Key)] = record with { Version = $"{++writes}" };
        }
    }

    public Task<StoredRecord?> FindAsync(string kind, string key) => Task.FromResult(Find(kind, key));

    public Task<PutResult> PutIfAbsentAsync(StoredRecord record)
    {
        lock (access)
        {
            return Task.FromResult(
                Find(record.Kind, record.Key) is { } present ? new PutResult(present, IsNew: false) : new PutResult(Put(record), IsNew: true));
        }
    }

    public Task<StoredRecord?> PutIfVersionAsync(StoredRecord record)
    {
        if (Fault is not null && IsFaultOf(record))
        {
            Refused++;
            return Task.FromException<StoredRecord?>(Fault);
        }

        lock (access)
        {
            return Task.FromResult(Find(record.Kind, record.Key)?.Version == record.Version ? Put(record) : null);
        }
    }

    public Task RemoveAsync(string kind, string key, string version)
    {
        lock (access)
        {
            return Task.FromResult(Find(kind, key)?.Version == version && all.Remove((kind, key)));
        }
    }

    public Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit) => throw new NotSupportedException();
}
