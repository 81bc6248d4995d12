using OrderIssues.Soak.Audits;

namespace OrderIssues.Soak.Calls;

/// <summary>Reports issues and changes them one by one.</summary>
internal sealed class IssueCalls(Sender sender, Journal journal, OwnIssues own)
{
    private const string MergedRefusal = "issue_merged";
    private int orders;
    private int changes;

    /// <summary>Reports an issue of a new order, or another one of an order that has one.</summary>
    public async Task ReportAsync()
    {
        var orderId = own.AnyAlone() is { } alone && Random.Shared.Next(2) == 0 ? alone.OrderId : $"{own.Name}-{orders++:D6}";
        var body = new { OrderId = orderId, source = "email", issueType = "damaged", customerEmail = EmailOf(orderId) };
        if (await sender.SendAsync(HttpMethod.Post, "/api/order-issue/create", body) is { } answer)
        {
            own.Add(journal.Keep(new KnownIssue(answer.Data.GetProperty("issueId").GetString()!, orderId)));
        }
    }

    public static string EmailOf(string orderId) => $"{orderId}@example.com";

    /// <summary>Adds a message, which goes to the survivor of a merged issue.</summary>
    public async Task SayAsync()
    {
        var issue = own.Any();
        var message = $"message {changes++} of {own.Name}";
        var path = $"/api/order-issue/discussion/{issue.OrderId}?issueId={issue.IssueId}";
        if (await sender.SendAsync(HttpMethod.Put, path, new { username = "soak", message }) is not null)
        {
            own.SurvivorOf(issue).Say(message);
        }
    }

    public async Task SetStatusAsync()
    {
        var issue = own.Any();
        var status = issue.Status == "open" ? "done" : "open";
        var path = $"/api/order-issue/update/{issue.OrderId}?issueId={issue.IssueId}";
        Keep(issue, await SendAsync(issue, HttpMethod.Put, path, new { status }), changed => changed.Status = status);
    }

    public Task PatchAsync() => PatchAsync(own.Any(), ifMatch: null);

    /// <summary>Patches an issue if it is still as it was read.</summary>
    public async Task ReadAndPatchAsync()
    {
        var issue = own.Any();
        if (await sender.SendAsync(HttpMethod.Get, $"/api/order-issue/{issue.IssueId}") is { } answer)
        {
            var version = answer.Data.GetProperty("__v").GetInt32();
            if (version == issue.Version)
            {
                await PatchAsync(issue, answer.ETag);
            }
            else
            {
                sender.Wrong($"{issue.IssueId} was read with version {version}, and {issue.Version} was acknowledged before");
            }
        }
    }

    private async Task PatchAsync(KnownIssue issue, string? ifMatch)
    {
        var assignee = $"agent {changes++}";
        var path = $"/api/order-issue/{issue.IssueId}";
        var answer = await SendAsync(issue, HttpMethod.Patch, path, new { assignee, notes = $"notes for {assignee}" }, ifMatch);
        Keep(issue, answer, changed => changed.Assignee = assignee);
    }

    private Task<Answer?> SendAsync(KnownIssue issue, HttpMethod method, string path, object body, string? ifMatch = null) =>
        sender.SendAsync(method, path, body, issue.MergedInto is null ? null : MergedRefusal, ifMatch);

    private void Keep(KnownIssue issue, Answer? answer, Action<KnownIssue> change)
    {
        if (answer is { Code: null } && issue.MergedInto is not null)
        {
            sender.Wrong($"{issue.IssueId} was changed though it was merged");
        }
        else if (answer is { Code: null })
        {
            issue.Change(change);
        }
    }
}
