using OrderIssues.Soak.Audits;
using OrderIssues.Soak.Faults;

namespace OrderIssues.Soak.Calls;

/// <summary>Works on tickets that several callers name at the same time, and on views and the webhook.</summary>
internal sealed class SharedCalls(Sender sender, Journal journal, string name, Func<int> nextTicket)
{
    private const long FirstTikTokOrder = 576_650_000_000_000_000;
    private const int Views = 3;
    private int messages;
    private int queries;

    /// <summary>Reports the issue of a ticket, and adds a message to it, as others do to the same issue.</summary>
    public async Task ReportTicketAsync()
    {
        var number = nextTicket();
        var (source, ticketId) = number % 2 == 0
            ? ("freshdesk", $"{number}") : ("tiktok", $"{TicketSystems.TikTokOrder}{FirstTikTokOrder + number}");
        var body = new { source, ticketId, issueType = "damaged" };
        if (await sender.SendAsync(HttpMethod.Post, "/api/order-issue/from-ticket", body) is not { } answer)
        {
            return;
        }

        var (issueId, orderId) = (answer.Data.GetProperty("issueId").GetString()!, TicketSystems.OrderOf(ticketId));
        var issue = journal.Keep(new KnownIssue(issueId, orderId) { TicketId = ticketId });
        var message = $"message {messages++} of {name} about the ticket";
        var path = $"/api/order-issue/discussion/{orderId}";
        if (await sender.SendAsync(HttpMethod.Put, path, new { username = name, message }) is not null)
        {
            issue.Say(message);
        }
    }

    public async Task LookUpTicketAsync()
    {
        var ticketId = $"{nextTicket()}";
        var answer = await sender.SendAsync(HttpMethod.Get, $"/api/issue-ticket/{ticketId}");
        if (answer is not null && answer.Data.GetProperty("OrderId").GetString() != TicketSystems.OrderOf(ticketId))
        {
            sender.Wrong($"The ticket {ticketId} has another order: {answer.Text}");
        }
    }

    public async Task PutViewAsync()
    {
        var (view, query) = (AnyView(), $"q=query%20{queries++}&status=open");
        if (await sender.SendAsync(HttpMethod.Put, $"/api/issue-view/{view}", new { query }) is not null)
        {
            journal.Views[view] = query;
        }
    }

    public async Task DeleteViewAsync()
    {
        var view = AnyView();
        var answer = await sender.SendAsync(HttpMethod.Delete, $"/api/issue-view/{view}", refusal: "view_not_found");
        if (answer is { Code: not null, Tries: 1 } && journal.Views.GetValueOrDefault(view) is not null)
        {
            sender.Wrong($"The view {view} was gone before it was removed");
        }

        if (answer is not null)
        {
            journal.Views[view] = null;
        }
    }

    public Task PingAsync() => sender.SendAsync(HttpMethod.Post, "/api/webhook/soak/ping");

    /// <summary>Delivers an event once more, which must change nothing.</summary>
    public async Task RedeliverAsync()
    {
        // Each issue has at least one event; the latest ones may not be in the log yet.
        var sequence = Random.Shared.Next(1, Math.Max(journal.Issues.Count / 2, 2));
        if (journal.Issues.Count > Views)
        {
            await sender.SendAsync(HttpMethod.Post, "/api/webhook/soak/redeliver", new { from = sequence, to = sequence });
        }
    }

    private string AnyView() => $"view {Random.Shared.Next(Views)} of {name}";
}
