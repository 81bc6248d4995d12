using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Bulk;

/// <summary>A change of many issues, as a caller sends it.</summary>
internal static class BulkRequest
{
    /// <summary>Issues of an order, the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> CreateAsync(Api api, string order, int count, Action<JsonObject>? with = null)
    {
        var issues = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var body = Api.Minimal(order);
            with?.Invoke(body);
            issues[i] = (await api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).IssueId;
        });
        return [.. issues.Order(StringComparer.Ordinal)];
    }

    public static Task<Answer> ChangeAsync(Api api, IEnumerable<string> issues, string change, string? key = null) =>
        SendAsync(api, $$"""{ "issueIds": [{{string.Join(',', issues.Select(issue => $"\"{issue}\""))}}], "change": {{change}} }""", key);

    public static Task<Answer> ChangeAsync(Api api, string filter, int expect, string change, string? key = null) =>
        SendAsync(api, $$"""{ "filter": {{filter}}, "expect": {{expect}}, "change": {{change}} }""", key);

    public static Task<Answer> SendAsync(Api api, string json, string? key = null) => api.SendAsync(Message(json, key));

    public static HttpRequestMessage Message(string json, string? key)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/bulk") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        return message;
    }

    /// <summary>What became of each issue: its number, and the code of what kept it from being changed.</summary>
    public static IEnumerable<(string IssueId, string? Code)> Outcomes(this Answer answer) =>
        answer.Succeeded().Issues.Select(entry =>
        {
            Assert.That((bool)entry!["ok"]!, Is.EqualTo(entry["code"] is null), answer.Text);
            return ((string)entry["issueId"]!, (string?)entry["code"]);
        });

    /// <summary>The issue as it is, and the last entry of its history.</summary>
    public static async Task<(JsonObject Issue, JsonObject Entry)> ReadAsync(Api api, string issue)
    {
        var history = (await api.GetAsync($"/api/order-issue/{issue}/history")).Body["data"]!.AsArray();
        return ((await api.GetAsync($"/api/order-issue/{issue}")).Data, history.Last()!.AsObject());
    }
}
