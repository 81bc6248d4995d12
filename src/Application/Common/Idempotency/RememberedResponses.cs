using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Common.Idempotency;

/// <summary>Form of responses that are remembered.</summary>
public interface IResponseFormat
{
    /// <summary>Number of the issue in a response; null for none.</summary>
    string? IssueIdOf(byte[] response);

    /// <summary>Same response without its body, in whose place a replay has the issue of then.</summary>
    byte[] WithoutBody(byte[] response);
}

/// <summary>Responses that keys' records remember.</summary>
public sealed class RememberedResponses(IRecordStore store, IResponseFormat format, TimeProvider time)
{
    private const int PageSize = 100;
    private readonly Records<IdempotencyRecord> records = new(store, RecordKinds.Idempotency);

    /// <summary>Takes issues out of the responses, so that replays have them as they are then.</summary>
    /// <remarks>Requests with a key that are running now end with a conflict, as they may have read the issues before.</remarks>
    public async Task ForgetAsync(IReadOnlySet<string> issueIds)
    {
        for (string? after = null; ;)
        {
            var page = await records.ListAsync(after, PageSize);
            foreach (var record in page)
            {
                await ForgetAsync(record, issueIds);
            }

            if (page.Count < PageSize)
            {
                return;
            }

            after = page[^1].Key;
        }
    }

    private async Task ForgetAsync(Record<IdempotencyRecord>? record, IReadOnlySet<string> issueIds)
    {
        while (record is not null && Forgotten(record, issueIds) is { } changed && await records.PutIfVersionAsync(changed) is null)
        {
            record = await records.FindAsync(record.Key);
        }
    }

    /// <summary>Makes the record without the issues; null where it has none.</summary>
    private Record<IdempotencyRecord>? Forgotten(Record<IdempotencyRecord> record, IReadOnlySet<string> issueIds)
    {
        if (record.Attachment is { } response)
        {
            return format.IssueIdOf(response) is { } issueId && issueIds.Contains(issueId)
                ? record with { Attachment = format.WithoutBody(response) }
                : null;
        }

        // With another version its request can't remember a response any more; without a lease a retry goes on at once.
        var now = time.GetUtcNow();
        return record.Value.LeaseUntil > now ? record with { Value = record.Value with { LeaseUntil = now } } : null;
    }
}
