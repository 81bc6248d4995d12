using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues;

namespace OrderIssues.Application.Tickets;

/// <summary>
/// Creates one issue for a ticket, however many ask for it at the same time, over any number of instances and crashes: a record of the ticket says which id
/// its issue has or will have, and whoever reads that may write it, since a store takes in one issue of an id. So nobody waits for anybody.
/// </summary>
internal sealed class TicketIssueCreator(IMediator mediator, IIdempotencyRecords records, TimeProvider time)
{
    /// <summary>As no route is named.</summary>
    private const string Operation = "(ticket)";

    public async Task<AddedIssue> CreateAsync(string system, CreateIssue issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = await RecordOfAsync(system, issue.TicketId!);
            var added = await mediator.Send(issue with { Id = record.TargetId }, cancellationToken);
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
