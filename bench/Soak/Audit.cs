using System.Text.Json;

namespace OrderIssues.Soak;

/// <summary>Compares what the service has with the journal, once all faults are over.</summary>
internal sealed class Audit(HttpClient http, Journal journal, Receiver receiver)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public int LostWrites { get; private set; }

    public int DoubledWrites { get; private set; }

    public int LostEvents { get; private set; }

    public int DoubledEvents { get; private set; }

    public int LostDeliveries { get; private set; }

    /// <summary>Deliveries that failed, and will be tried again.</summary>
    public int PendingDeliveries { get; private set; }

    /// <summary>Deliveries that came more than once, as those may whose answer got lost.</summary>
    public int RepeatedDeliveries => receiver.Delivered.Values.Count(times => times > 1);

    public async Task RunAsync()
    {
        foreach (var (issueId, known) in journal.Issues)
        {
            await CompareAsync(issueId, known);
        }

        var events = await EventsAsync();
        var told = events.Values.ToHashSet();
        var expected = (from issue in journal.Issues
                        from version in Enumerable.Range(0, issue.Value.Version + 1)
                        select (issue.Key, version)).ToHashSet();
        LostEvents = expected.Except(told).Count();
        DoubledEvents = events.Count - told.Count;

        // The place first: what fails leaves it behind, and gets a record of its own.
        for (var start = TimeProvider.System.GetTimestamp(); await WaitingAsync() > 0 && TimeProvider.System.GetElapsedTime(start) < LongestWait;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var pending = (await PendingAsync()).Select(sequence => events[sequence]).ToHashSet();
        PendingDeliveries = pending.Count;
        LostDeliveries = expected.Count(change => !receiver.Delivered.ContainsKey(change) && !pending.Contains(change));
    }

    private async Task CompareAsync(string issueId, KnownIssue known)
    {
        var list = await http.GetFromJsonAsync<JsonElement>($"/api/order-issue?OrderId={known.OrderId}");
        DoubledWrites += Math.Max(list.GetProperty("data").GetArrayLength() - 1, 0);
        using var response = await http.GetAsync($"/api/order-issue/{issueId}");
        if (!response.IsSuccessStatusCode)
        {
            LostWrites += 1 + known.Version;
            return;
        }

        var issue = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        var messages = issue.GetProperty("discussion").EnumerateArray().Select(message => message.GetProperty("message").GetString()).ToList();
        LostWrites += known.Messages.Except(messages).Count() + (issue.GetProperty("status").GetString() == known.Status ? 0 : 1);
        DoubledWrites += messages.Count - messages.Distinct().Count() + Math.Max(issue.GetProperty("__v").GetInt32() - known.Version, 0);
    }

    /// <summary>Reads the changes that the log tells, by the sequences of their events.</summary>
    private async Task<Dictionary<long, (string IssueId, int Version)>> EventsAsync()
    {
        var found = new Dictionary<long, (string, int)>();
        for (var after = 0L; ;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/issue-event?after={after}&limit=500");
            foreach (var each in page.GetProperty("data").EnumerateArray())
            {
                var data = each.GetProperty("data");
                found[each.GetProperty("sequence").GetInt64()] =
                    (data.GetProperty("issueId").GetString()!, data.GetProperty("version").GetInt32());
            }

            var next = page.GetProperty("page").GetProperty("next").GetInt64();
            if (next == after)
            {
                return found;
            }

            after = next;
        }
    }

    private async Task<long> WaitingAsync() =>
        (await http.GetFromJsonAsync<JsonElement>("/api/webhook")).GetProperty("data")[0].GetProperty("waiting").GetInt64();

    /// <summary>Reads the sequences of events that failed, and will be tried again.</summary>
    private async Task<List<long>> PendingAsync()
    {
        const string List = "/api/webhook/soak/delivery?status=pending";
        var found = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(cursor is null ? List : $"{List}&cursor={cursor}");
            found.AddRange(page.GetProperty("data").EnumerateArray().Select(delivery => delivery.GetProperty("sequence").GetInt64()));
            cursor = page.GetProperty("page").TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
            if (cursor is null)
            {
                return found;
            }
        }
    }
}
