using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Issues;

namespace OrderIssues.Application.Tickets;

/// <summary>Creates one issue for a ticket, however many callers ask.</summary>
/// <remarks>
/// A record of the ticket holds the id of its issue. Any caller that reads it may write the issue, since a store takes one issue of an id.
/// So nobody waits for anybody.
/// </remarks>
internal sealed class TicketIssueCreator(IssueCreator issues, IRecordStore store, TimeProvider time)
{
    private readonly Records<TicketIssueRecord> records = new(store, RecordKinds.TicketIssues);

    public async Task<AddedIssue> CreateAsync(string system, CreateIssue issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = await RecordOfAsync(system, issue.TicketId!);
            var added = await issues.CreateAsync(issue with { Id = record.Value.TargetId }, cancellationToken);
            if (added.IsNew || added.Issue.IsOfTicket(system, issue.TicketId!))
            {
                return added;
            }

            // The issue now has another ticket. Only this record is removed, not a newer one.
            await records.RemoveAsync(record);
        }
    }

    private async Task<Record<TicketIssueRecord>> RecordOfAsync(string system, string ticketId)
    {
        var now = time.GetUtcNow();
        var (record, _) = await records.PutIfAbsentAsync(new()
        {
            Key = $"{system}/{ticketId}",
            Value = new(EntityId.New(now)),

            // After that the issue is found by its ticket.
            ExpiresAt = now + IdempotentRunner.Lifetime,
        });
        return record;
    }
}

/// <summary>Content of a ticket's record.</summary>
/// <param name="TargetId">Id that the issue of the ticket has, or will have.</param>
internal sealed record TicketIssueRecord(EntityId TargetId);
