using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>A request that may be sent several times, and what can be told of its effect.</summary>
internal sealed record Request(HttpMethod Method, string Path, string Json, string? IfMatch = null)
{
    private const string Author = "Ann";

    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>What it is answered with when it succeeds.</summary>
    public HttpStatusCode Status => Method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK;

    public string OrderId
    {
        get => field ?? (Method == HttpMethod.Post ? (string)JsonNode.Parse(Json)![nameof(OrderId)]! : Path.Split('/', '?')[4]);
        private init;
    }

    /// <summary>A new issue of an order that has none, or the first change of one.</summary>
    public static async Task<Request> OfAsync(Api api, string operation)
    {
        var order = Api.NewOrder();
        if (operation == "create")
        {
            return new Request(HttpMethod.Post, "/api/order-issue/create", Api.Minimal(order).ToJsonString());
        }

        var created = (await api.CreateAsync(Api.Minimal(order))).Succeeded(HttpStatusCode.Created);
        return operation switch
        {
            "discussion" => new Request(HttpMethod.Put, $"/api/order-issue/discussion/{order}", $$"""{"username":"{{Author}}","message":"hello"}"""),
            "update" => new Request(HttpMethod.Put, $"/api/order-issue/update/{order}", $$"""{"status":"pending","by":"{{Author}}"}"""),
            "patch" => new Request(HttpMethod.Patch, $"/api/order-issue/{created.IssueId}", $$"""{"packer":"Jim","by":"{{Author}}"}""") { OrderId = order },
            _ => throw new ArgumentException(operation, nameof(operation)),
        };
    }

    public Task<Answer> SendAsync(Api api) => SendAsync(api, Key);

    public Task<Answer> SendAsync(Api api, string? key) => SendAsync(api, key is null ? [] : [key]);

    public Task<Answer> SendAsync(Api api, string[] keys) => api.SendAsync(Message(keys));

    public HttpRequestMessage Message(string[] keys)
    {
        var message = new HttpRequestMessage(Method, Path) { Content = new StringContent(Json, Encoding.UTF8, "application/json") };
        foreach (var key in keys)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (IfMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        }

        return message;
    }

    /// <summary>How often it has taken effect: how many issues the order has, or changes of its author.</summary>
    public async Task<int> CountAsync(Api api)
    {
        var issues = (await api.GetAsync($"/api/order-issue?OrderId={OrderId}")).Issues.ToList();
        if (Method == HttpMethod.Post)
        {
            return issues.Count;
        }

        var histories = await Task.WhenAll(issues.Select(issue => api.GetAsync($"/api/order-issue/{issue!["issueId"]}/history")));
        return histories.Sum(history => history.Body["data"]!.AsArray().Count(entry => (string?)entry!["by"] == Author));
    }
}
