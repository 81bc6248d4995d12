namespace OrderIssues.Soak.Calls;

/// <summary>Reads through all operations that read; what a caller's own issues say must be there at once.</summary>
internal sealed class ReadCalls(Sender sender, OwnIssues own)
{
    private static readonly string[] Paths =
    [
        "/api/order-issue/vocabulary", "/api/session", "/api/issue-view?count=true", "/api/webhook", "/api/webhook/soak/delivery",
        "/api/issue-event?limit=10", "/api/order-issue?status=open&limit=20&sort=-updatedAt", "/api/order-issue/stats?groupBy=status",
    ];

    public Task ReadAsync() => sender.SendAsync(HttpMethod.Get, Paths[Random.Shared.Next(Paths.Length)]);

    public async Task ReadHistoryAsync()
    {
        var issue = own.Any();
        if (await sender.SendAsync(HttpMethod.Get, $"/api/order-issue/{issue.IssueId}/history") is { } answer)
        {
            Compare($"history of {issue.IssueId}", answer.Data.GetArrayLength(), issue.Version + 1);
        }
    }

    public Task ListAsync() => ListAsync("OrderId");

    public Task SearchAsync() => ListAsync("q");

    public async Task ExportAsync()
    {
        var orderId = own.Any().OrderId;
        if (await sender.SendAsync(HttpMethod.Get, $"/api/order-issue/export?format=ndjson&OrderId={orderId}") is { } answer)
        {
            Compare($"export of {orderId}", answer.Text.Count(c => c == '\n'), own.OfOrder(orderId).Count);
        }
    }

    public async Task ExportCustomerAsync()
    {
        var orderId = own.Any().OrderId;
        if (await sender.SendAsync(HttpMethod.Post, "/api/customer-data/export", new { email = IssueCalls.EmailOf(orderId) }) is { } answer)
        {
            Compare($"customer's data of {orderId}", answer.Data.GetProperty("issues").GetArrayLength(), own.OfOrder(orderId).Count);
        }
    }

    private async Task ListAsync(string filter)
    {
        var orderId = own.Any().OrderId;

        // The orders of a caller begin alike, but a text that is searched for may be anywhere.
        if (await sender.SendAsync(HttpMethod.Get, $"/api/order-issue?{filter}={orderId}") is { } answer)
        {
            var found = answer.Data.EnumerateArray().Count(issue => issue.GetProperty("OrderId").GetString() == orderId);
            Compare($"list by {filter} of {orderId}", found, own.OfOrder(orderId).Count);
        }
    }

    private void Compare(string what, int found, int expected)
    {
        if (found != expected)
        {
            sender.Wrong($"The {what} has {found} entries, and {expected} were acknowledged before");
        }
    }
}
