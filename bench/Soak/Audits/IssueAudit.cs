using System.Text.Json;

namespace OrderIssues.Soak.Audits;

/// <summary>Compares issues and views with the journal.</summary>
internal sealed class IssueAudit(HttpClient http, Journal journal)
{
    private const string Erased = "[erased]";
    private int lost;
    private int doubled;

    public int Lost => lost;

    public int Doubled => doubled;

    public async Task RunAsync()
    {
        await Parallel.ForEachAsync(journal.Issues.Values, async (known, _) => await CompareAsync(known));
        await Parallel.ForEachAsync(
            journal.Issues.Values.GroupBy(issue => issue.OrderId),
            async (order, _) => await CompareCountAsync("OrderId", order.Key, order.Count()));
        await Parallel.ForEachAsync(
            journal.Issues.Values.GroupBy(issue => issue.TicketId).Where(ticket => ticket.Key is not null),
            async (ticket, _) => await CompareCountAsync("ticketId", ticket.Key!, expected: 1));
        await CompareViewsAsync();
    }

    private async Task CompareAsync(KnownIssue known)
    {
        if (await DataAsync($"/api/order-issue/{known.IssueId}") is not { } issue
            || await DataAsync($"/api/order-issue/{known.IssueId}/history") is not { } history)
        {
            Lose(known, 1 + known.Version, "is gone");
            return;
        }

        Compare(known, "changes", issue.GetProperty("__v").GetInt32(), known.Version);
        Compare(known, "entries of its history", history.GetArrayLength(), known.Version + 1);
        foreach (var (field, expected) in new[]
        {
            ("status", known.Status), ("assignee", known.Assignee), ("mergedInto", known.MergedInto), ("ticketId", known.TicketId),
            ("OrderId", known.OrderId),
        })
        {
            var found = issue.TryGetProperty(field, out var value) ? value.GetString() : null;
            if (found != expected)
            {
                Lose(known, 1, $"has the {field} {found}, and not {expected}");
            }
        }

        var discussion = issue.GetProperty("discussion").EnumerateArray();
        CompareMessages(known, [.. discussion.Select(message => message.GetProperty("message").GetString()!)]);
    }

    private void CompareMessages(KnownIssue known, IReadOnlyList<string> messages)
    {
        Compare(known, "messages", messages.Count, known.Messages.Count);
        var expected = known.IsErased ? known.Messages.Select(_ => Erased) : known.Messages;
        foreach (var message in expected.Except(messages))
        {
            Lose(known, 1, $"hasn't the message {message}");
        }

        foreach (var message in known.IsErased ? messages.Where(message => message != Erased) : [])
        {
            Lose(known, 1, $"was erased, and has the message {message}");
        }
    }

    /// <summary>Compares how many issues a filter finds, of which there are no more than were acknowledged.</summary>
    private async Task CompareCountAsync(string filter, string value, int expected)
    {
        var found = (await DataAsync($"/api/order-issue?{filter}={Uri.EscapeDataString(value)}"))!.Value.GetArrayLength();
        Interlocked.Add(ref lost, Math.Max(expected - found, 0));
        Interlocked.Add(ref doubled, Math.Max(found - expected, 0));
        if (found != expected)
        {
            journal.Wrong.Add($"{filter} {value} has {found} issues, and not {expected}");
        }
    }

    private async Task CompareViewsAsync()
    {
        var views = (await DataAsync("/api/issue-view"))!.Value.EnumerateArray()
            .ToDictionary(view => view.GetProperty("name").GetString()!, view => view.GetProperty("query").GetString());
        foreach (var (name, query) in journal.Views.Where(view => views.GetValueOrDefault(view.Key) != view.Value))
        {
            Interlocked.Increment(ref lost);
            journal.Wrong.Add($"The view {name} isn't {query ?? "removed"}");
        }
    }

    private void Compare(KnownIssue known, string what, int found, int expected)
    {
        if (found < expected)
        {
            Lose(known, expected - found, $"has {found} {what}, and not {expected}");
        }
        else if (found > expected)
        {
            Interlocked.Add(ref doubled, found - expected);
            journal.Wrong.Add($"{known.IssueId} has {found} {what}, and not {expected}");
        }
    }

    private void Lose(KnownIssue known, int count, string why)
    {
        Interlocked.Add(ref lost, count);
        journal.Wrong.Add($"{known.IssueId} {why}");
    }

    /// <returns>The data of an answer; null where there is no such thing.</returns>
    private async Task<JsonElement?> DataAsync(string path)
    {
        using var response = await http.GetAsync(path);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }
}
