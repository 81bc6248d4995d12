using OrderIssues.Application.Common.Idempotency;

namespace OrderIssues.Application.UnitTests.Common;

/// <summary>Records in memory, for one thread.</summary>
internal sealed class Records : IIdempotencyRecords
{
    private readonly Dictionary<string, IdempotencyRecord> all = [];

    /// <summary>What replacements fail with.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Which of them do.</summary>
    public Func<IdempotencyRecord, bool> IsFaultOf { get; set; } = _ => true;

    public IdempotencyRecord? Find(string key) => all.GetValueOrDefault(key);

    /// <summary>As another process.</summary>
    public void Put(IdempotencyRecord record) => all[record.Key] = record;

    public Task<IdempotencyRecord?> AddAsync(IdempotencyRecord record, DateTimeOffset now)
    {
        var present = all.GetValueOrDefault(record.Key) is { } kept && kept.ExpiresAt > now ? kept : null;
        all[record.Key] = present ?? record;
        return Task.FromResult(present);
    }

    public Task<bool> TryReplaceAsync(IdempotencyRecord record, IdempotencyRecord replacement)
    {
        if (Fault is not null && IsFaultOf(replacement))
        {
            return Task.FromException<bool>(Fault);
        }

        var isThere = IsThere(record);
        all[record.Key] = isThere ? replacement : all[record.Key];
        return Task.FromResult(isThere);
    }

    public Task RemoveAsync(IdempotencyRecord record) => Task.FromResult(IsThere(record) && all.Remove(record.Key));

    private bool IsThere(IdempotencyRecord record) =>
        all.GetValueOrDefault(record.Key) is { } kept && (kept.TargetId, kept.LeaseUntil) == (record.TargetId, record.LeaseUntil);
}
