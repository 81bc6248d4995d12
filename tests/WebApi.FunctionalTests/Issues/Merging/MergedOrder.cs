using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Merging;

/// <summary>An order whose issues are merged.</summary>
internal sealed class MergedOrder(Api api)
{
    public string OrderId { get; init; } = Api.NewOrder();

    /// <summary>Reports an issue of the order, with messages of these texts.</summary>
    public async Task<string> ReportAsync(params string[] messages)
    {
        var issueId = (await api.CreateAsync(Api.Minimal(OrderId))).Succeeded(HttpStatusCode.Created).IssueId;
        foreach (var message in messages)
        {
            (await SayAsync(issueId, message)).Succeeded();
        }

        return issueId;
    }

    public Task<Answer> SayAsync(string? issueId, string message) => api.PutAsync(
        $"/api/order-issue/discussion/{OrderId}{(issueId is null ? "" : $"?issueId={issueId}")}",
        new JsonObject { ["username"] = "Ann", ["message"] = message }.ToJsonString());

    public Task<Answer> MergeAsync(string issueId, string? into, Api? otherwise = null) =>
        (otherwise ?? api).PostAsync($"/api/order-issue/{issueId}/merge", new JsonObject { ["into"] = into, ["by"] = "Jane" }.ToJsonString());

    public async Task<JsonObject> ReadAsync(string issueId) => (await api.GetAsync($"/api/order-issue/{issueId}")).Succeeded().Data;

    /// <summary>Reads the texts of an issue's messages, each after the issue that it was copied from.</summary>
    public async Task<string[]> TextsAsync(string issueId) => TextsOf(await ReadAsync(issueId));

    public static string[] TextsOf(JsonObject issue) =>
    [
        .. from message in issue["discussion"]!.AsArray()
           select message!["fromIssueId"] is { } source ? $"{source}: {message["message"]}" : (string)message["message"]!,
    ];

    public async Task<JsonArray> HistoryAsync(string issueId) =>
        (await api.GetAsync($"/api/order-issue/{issueId}/history")).Succeeded().Body["data"]!.AsArray();

    /// <summary>Waits until an issue has these messages, in any order.</summary>
    public async Task UntilAsync(string issueId, params string[] texts)
    {
        for (var i = 0; i < 600 && !(await TextsAsync(issueId)).Order().SequenceEqual(texts.Order()); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.That(await TextsAsync(issueId), Is.EquivalentTo(texts));
    }
}
