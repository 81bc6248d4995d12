using System.Net;
using System.Text;
using StandardWebhooks;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>A webhook as the service sends it, signed by a library that isn't ours.</summary>
internal static class SignedWebhook
{
    public const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    public const string Body = """
        {"sequence":4711,"type":"order_issue.created","timestamp":"2026-11-28T12:00:00.000Z",
        "data":{"issueId":"1600001","OrderId":"ü 日本 🙂","source":"email","version":0,"status":"open","resolved":false,"changed":[]}}
        """;

    private const string Id = "evt_4711";

    public static Dictionary<string, string> Headers(DateTimeOffset at, string body = Body, params string[] secrets) => new()
    {
        ["webhook-id"] = Id,
        ["webhook-timestamp"] = $"{at.ToUnixTimeSeconds()}",
        ["webhook-signature"] = string.Join(' ', secrets.DefaultIfEmpty(Secret).Select(secret => new StandardWebhook(secret).Sign(Id, at, body))),
    };

    /// <summary>Sends it, and tells what the receiver answers.</summary>
    public static async Task<HttpStatusCode> SendAsync(Uri receiver, string path, params string[] secrets)
    {
        using var http = new HttpClient { BaseAddress = receiver };
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in Headers(TimeProvider.System.GetUtcNow(), Body, secrets))
        {
            http.DefaultRequestHeaders.Add(name, value);
        }

        return (await http.PostAsync(path, content)).StatusCode;
    }
}
