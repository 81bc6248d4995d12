using OrderIssues.Soak.Audits;

namespace OrderIssues.Soak.Calls;

/// <summary>Calls all operations, one after another by chance.</summary>
internal sealed class Caller
{
    private readonly OwnIssues own;
    private readonly IssueCalls issues;
    private readonly Func<Task>[] operations;

    /// <param name="name">Name of the caller.</param>
    /// <param name="sender">Sender of its requests.</param>
    /// <param name="journal">What is acknowledged.</param>
    /// <param name="nextTicket">Gets the number of the next ticket to name.</param>
    public Caller(string name, Sender sender, Journal journal, Func<int> nextTicket)
    {
        own = new OwnIssues(name);
        issues = new IssueCalls(sender, journal, own);
        var groups = new GroupCalls(sender, own);
        var shared = new SharedCalls(sender, journal, name, nextTicket);
        var reads = new ReadCalls(sender, own);
        (int Weight, Func<Task> Operation)[] mix =
        [
            (20, issues.ReportAsync), (25, issues.SayAsync), (15, issues.SetStatusAsync), (10, issues.PatchAsync),
            (10, issues.ReadAndPatchAsync), (10, groups.ChangeNamedAsync), (10, groups.ChangeFilteredAsync), (15, groups.MergeAsync),
            (1, groups.EraseAsync), (20, shared.ReportTicketAsync), (5, shared.LookUpTicketAsync), (5, shared.PutViewAsync),
            (3, shared.DeleteViewAsync), (1, shared.PingAsync), (1, shared.RedeliverAsync), (10, reads.ReadAsync),
            (5, reads.ReadHistoryAsync), (5, reads.ListAsync), (5, reads.SearchAsync), (3, reads.ExportAsync),
            (1, reads.ExportCustomerAsync),
        ];
        operations = [.. mix.SelectMany(part => Enumerable.Repeat(part.Operation, part.Weight))];
    }

    public async Task WorkAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await (own.IsEmpty ? issues.ReportAsync() : operations[Random.Shared.Next(operations.Length)]());
        }
    }
}
