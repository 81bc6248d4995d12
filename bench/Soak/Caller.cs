using System.Net;
using System.Text.Json;

namespace OrderIssues.Soak;

/// <summary>Creates issues and changes them, and sends a request again with its key until it is answered.</summary>
internal sealed class Caller(int number, HttpClient http, IReadOnlyList<Instance> instances, Journal journal)
{
    private const int ChangesEach = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Less than the service waits for what a key of a killed process was doing.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task WorkAsync(CancellationToken end)
    {
        for (var created = 0; !end.IsCancellationRequested; created++)
        {
            var issue = new KnownIssue($"soak-{number}-{created}");
            var body = new Dictionary<string, string> { ["OrderId"] = issue.OrderId, ["source"] = "email", ["issueType"] = "damaged" };
            if (await SendAsync(HttpMethod.Post, "create", body) is not { } answer)
            {
                continue;
            }

            journal.Issues[answer.GetProperty("data").GetProperty("issueId").GetString()!] = issue;
            for (var i = 0; i < ChangesEach && !end.IsCancellationRequested; i++)
            {
                await ChangeAsync(issue, i);
            }
        }
    }

    private async Task ChangeAsync(KnownIssue issue, int i)
    {
        if (i % 2 == 0)
        {
            var message = $"message {i} of {issue.OrderId}";
            if (await SendAsync(HttpMethod.Put, $"discussion/{issue.OrderId}", new() { ["username"] = "soak", ["message"] = message }) is not null)
            {
                issue.Messages.Add(message);
                issue.Version++;
            }

            return;
        }

        var status = issue.Status == "open" ? "done" : "open";
        if (await SendAsync(HttpMethod.Put, $"update/{issue.OrderId}", new() { ["status"] = status }) is not null)
        {
            issue.Status = status;
            issue.Version++;
        }
    }

    /// <returns>The answer; null where it was wrong, or none came in the end.</returns>
    private async Task<JsonElement?> SendAsync(HttpMethod method, string path, Dictionary<string, string> body)
    {
        var key = $"{Guid.NewGuid():N}";
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            journal.CountRequest();
            var instance = instances[Random.Shared.Next(instances.Count)];
            using var request = new HttpRequestMessage(method, new Uri(instance.Address, $"/api/order-issue/{path}"))
            {
                Content = JsonContent.Create(body, options: JsonSerializerOptions.Default),
                Headers = { { "Idempotency-Key", key } },
            };
            try
            {
                using var response = await http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode)
                {
                    return JsonDocument.Parse(text).RootElement;
                }

                // A key of a request that a killed process began is held for a while.
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.Conflict))
                {
                    journal.Wrong.Add($"{method} {path}: {text}");
                    return null;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // The instance is gone, or its answer.
            }

            journal.CountRefused();
            await Task.Delay(Pause, TimeProvider.System);
        }

        journal.Wrong.Add($"{method} {path}: never answered");
        return null;
    }
}
