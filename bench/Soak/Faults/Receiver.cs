using System.Collections.Concurrent;
using System.Text.Json;

namespace OrderIssues.Soak.Faults;

/// <summary>Receiver of a webhook.</summary>
internal sealed class Receiver(int port) : FaultyServer(port)
{
    private readonly ConcurrentDictionary<(string IssueId, int Version), int> delivered = new();

    /// <summary>How often each change came with an answer of success.</summary>
    public IReadOnlyDictionary<(string IssueId, int Version), int> Delivered => delivered;

    protected override async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var data = body.GetProperty("data");

        // A trial brings no issue.
        if (data.TryGetProperty("issueId", out var issueId))
        {
            var change = (issueId.GetString()!, data.GetProperty("version").GetInt32());
            delivered.AddOrUpdate(change, 1, (_, times) => times + 1);
        }
    }
}
