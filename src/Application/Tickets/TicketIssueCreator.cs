using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues;

namespace OrderIssues.Application.Tickets;

/// <summary>Creates one issue for a ticket, however many callers, instances and crashes there are.</summary>
/// <remarks>
/// A record of the ticket holds the id of its issue. Any caller that reads it may write the issue, since a store takes one issue of an id.
/// So nobody waits for anybody.
/// </remarks>
internal sealed class TicketIssueCreator(IssueCreator issues, IIdempotencyRecords records, TimeProvider time)
{
    /// <summary>Operation in the record's key. Parentheses keep it distinct from every route name.</summary>
    private const string Operation = "(ticket)";

    public async Task<AddedIssue> CreateAsync(string system, IssueDetails issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = await RecordOfAsync(system, issue.TicketId!);
            var added = await issues.CreateAsync(issue, record.TargetId, cancellationToken);
            if (added.IsNew || added.Issue.IsOfTicket(system, issue.TicketId!))
            {
                return added;
            }

            // The issue was given another ticket since, and this one has none again. Only this record goes, not one that came in its place.
            await records.RemoveAsync(record);
        }
    }

    private async Task<IdempotencyRecord> RecordOfAsync(string system, string ticketId)
    {
        var now = time.GetUtcNow();
        var key = new IdempotencyKey { Caller = "", Operation = Operation, Subject = system, Name = ticketId, Fingerprint = "" };
        var record = new IdempotencyRecord
        {
            Key = key.Text,
            Fingerprint = key.Fingerprint,
            TargetId = EntityId.New(now),
            LeaseUntil = now,

            // By then the issue is found by its ticket.
            ExpiresAt = now + IdempotentRunner.Lifetime,
        };
        return await records.AddAsync(record, now) ?? record;
    }
}
