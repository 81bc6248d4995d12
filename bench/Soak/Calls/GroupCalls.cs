using System.Text.Json;
using OrderIssues.Soak.Audits;

namespace OrderIssues.Soak.Calls;

/// <summary>Changes many issues at once, merges issues, and erases customers' data.</summary>
internal sealed class GroupCalls(Sender sender, OwnIssues own)
{
    private const string Unknown = "1";
    private static readonly string[] Statuses = ["open", "pending", "done"];
    private int changes;

    /// <summary>Changes issues by their numbers, one of which no issue has.</summary>
    public Task ChangeNamedAsync()
    {
        var issues = own.Some();
        var issueIds = issues.Select(issue => issue.IssueId).Append(Unknown).ToArray();
        return ChangeAsync(issues, issueIds, change => new { issueIds, change });
    }

    /// <summary>Changes all issues of an order.</summary>
    public Task ChangeFilteredAsync()
    {
        var orderId = own.Any().OrderId;
        var issues = own.OfOrder(orderId);
        return ChangeAsync(
            issues,
            [.. issues.Select(issue => issue.IssueId)],
            change => new { filter = new { OrderId = orderId }, expect = issues.Count, change });
    }

    public async Task MergeAsync()
    {
        var source = own.Any();
        var into = own.OfOrder(source.OrderId).FirstOrDefault(other => other != source && other.MergedInto is null);
        if (source.MergedInto is not null || into is null)
        {
            return;
        }

        var answer = await sender.SendAsync(
            HttpMethod.Post, $"/api/order-issue/{source.IssueId}/merge", new { into = into.IssueId, by = own.Name });
        if (answer is not null)
        {
            source.MergeInto(into);
        }
    }

    public async Task EraseAsync()
    {
        if (own.AnyAlone() is not { } issue)
        {
            return;
        }

        var body = new { email = IssueCalls.EmailOf(issue.OrderId), reason = "Soak", by = own.Name };
        if (await sender.SendAsync(HttpMethod.Post, "/api/customer-data/erase", body) is not null)
        {
            issue.Erase();
            own.Remove(issue.OrderId);
        }
    }

    /// <summary>Changes issues, and keeps what the answer acknowledges of each.</summary>
    private async Task ChangeAsync(IReadOnlyList<KnownIssue> issues, IReadOnlyList<string> issueIds, Func<object, object> bodyOf)
    {
        var (status, message) = (Statuses[Random.Shared.Next(Statuses.Length)], $"common message {changes++} of {own.Name}");
        var body = bodyOf(new { status, message, addTags = new[] { status }, by = own.Name });
        if (await sender.SendAsync(HttpMethod.Post, "/api/order-issue/bulk", body) is not { } answer)
        {
            return;
        }

        var entries = answer.Data.EnumerateArray().ToDictionary(entry => entry.GetProperty("issueId").GetString()!);
        if (!entries.Keys.ToHashSet().SetEquals(issueIds))
        {
            sender.Wrong($"The change of {string.Join(", ", issueIds)} was answered with other issues: {answer.Text}");
        }

        foreach (var (issueId, entry) in entries)
        {
            Keep(issues.SingleOrDefault(issue => issue.IssueId == issueId), entry, status, message);
        }
    }

    private void Keep(KnownIssue? issue, JsonElement entry, string status, string message)
    {
        var code = entry.TryGetProperty("code", out var refusal) ? refusal.GetString() : null;
        var expected = issue is null ? "issue_not_found" : issue.MergedInto is null ? null : "issue_merged";
        if (code != expected && !(expected is null && code == "overloaded"))
        {
            sender.Wrong($"The entry of {issue?.IssueId ?? Unknown} in a change of many issues: {entry}");
        }
        else if (code is null)
        {
            issue!.Change(changed =>
            {
                changed.Status = status;
                changed.Messages.Add(message);
            });
        }
    }
}
