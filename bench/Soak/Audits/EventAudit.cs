using System.Text.Json;
using OrderIssues.Soak.Faults;

namespace OrderIssues.Soak.Audits;

/// <summary>Compares the log of events, its stream, and what the receiver of the webhook got, with the journal.</summary>
internal sealed class EventAudit(HttpClient http, Journal journal, StreamAudit stream, Receiver receiver)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    public int LostEvents { get; private set; }

    public int DoubledEvents { get; private set; }

    /// <summary>Events of the log that the stream hasn't told.</summary>
    public int LostInStream { get; private set; }

    public int LostDeliveries { get; private set; }

    /// <summary>Deliveries that failed, and will be tried again.</summary>
    public int PendingDeliveries { get; private set; }

    /// <summary>Deliveries that came more than once: the answer got lost, or they were asked for once more.</summary>
    public int RepeatedDeliveries => receiver.Delivered.Values.Count(times => times > 1);

    public async Task RunAsync()
    {
        var events = await EventsAsync();
        var told = events.Values.ToHashSet();
        var expected = (from issue in journal.Issues
                        from version in Enumerable.Range(0, issue.Value.Version + 1)
                        select (issue.Key, version)).ToHashSet();
        LostEvents = expected.Except(told).Count();
        DoubledEvents = events.Count - told.Count + told.Except(expected).Count();
        LostInStream = await stream.CountLostAsync(events.Keys);

        // The place first: what fails leaves it behind, and gets a record of its own.
        var start = TimeProvider.System.GetTimestamp();
        while (await WaitingAsync() > 0 && TimeProvider.System.GetElapsedTime(start) < MaxWait)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var pending = (await PendingAsync()).Select(sequence => events[sequence]).ToHashSet();
        PendingDeliveries = pending.Count;
        LostDeliveries = expected.Count(change => !receiver.Delivered.ContainsKey(change) && !pending.Contains(change));
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
