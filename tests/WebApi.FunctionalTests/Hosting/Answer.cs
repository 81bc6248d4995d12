using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>What the service answered.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonObject Body => JsonNode.Parse(Text)!.AsObject();

    /// <summary>Data as JSON, without what may stand beside it.</summary>
    public string DataText => Data.ToJsonString();

    public JsonObject Data => Body["data"]!.AsObject();

    /// <summary>The issues of a list, or of a file with one on each line.</summary>
    public IEnumerable<JsonNode?> Issues => ContentHeaders.ContentType?.MediaType == "application/x-ndjson"
        ? Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))
        : Body["data"]!.AsArray();

    public string IssueId => (string)Data["issueId"]!;

    /// <summary>The names of the fields that the request was refused for.</summary>
    public IEnumerable<string> ErrorFields => Body["errors"]!.AsObject().Select(member => member.Key);

    /// <summary>Reads it, but for the events of a stream, which doesn't end by itself.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var text = isStream ? "" : await response.Content.ReadAsStringAsync();
        Leaks.LookInAnswer($"{response.Headers}{text}");
        return new(response.StatusCode, response.Headers, response.Content.Headers, text);
    }

    public Answer Succeeded(HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.That(Status, Is.EqualTo(status), Text);
        Assert.That((bool)Body["ok"]!, Is.True);
        Assert.That(ContentHeaders.ContentType?.MediaType, Is.EqualTo("application/json"));
        return this;
    }

    /// <summary>Asserts that this is a problem of this status and code, whole and with nothing in it that callers shouldn't see.</summary>
    public Answer Failed(HttpStatusCode status, string code)
    {
        Assert.That((Status, (string?)Body["code"]), Is.EqualTo((status, code)), Text);
        Assert.That(ContentHeaders.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
        Assert.That(
            Body.Select(member => member.Key).Where(key => key is not ("errors" or "oldest" or "latest" or "epoch" or "parts" or "into")),
            Is.EqualTo(new[] { "ok", "type", "title", "status", "detail", "code", "traceId" }));
        Assert.That((bool)Body["ok"]!, Is.False);
        Assert.That((int)Body["status"]!, Is.EqualTo((int)status));
        Assert.That((string?)Body["type"], Is.EqualTo($"urn:problem-type:order-issue:{code}"));
        Assert.That((string?)Body["traceId"], Does.Match("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"));
        Assert.That(Text, Does.Not.Contain("   at ").And.Not.Contain("Exception").And.Not.Contain("OrderIssues."));
        return this;
    }
}
